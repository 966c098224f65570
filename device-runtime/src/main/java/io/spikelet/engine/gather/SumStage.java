package io.spikelet.engine.gather;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;

/** A weighted layer whose sums a plain kernel reads: pools of currents, streams, readouts, learners' neighbours. */
public final class SumStage {
    private final Source source;
    private final RowLists lists;
    private final WeightRows rows;
    private final Shape shape;
    private final Crew crew;
    private final Crew.Lines sumLines = new SumLines();
    private Twin twin;
    private Twin next;
    private long operations;

    /** @param sums (positions, stride) */
    private record Twin(Tiles tiles, int[] sums, Lister lister) {}

    private SumStage(Source source, WeightRows rows, Shape shape, Crew crew) {
        this.crew = crew;
        this.source = source;
        this.rows = rows;
        this.shape = shape;
        lists = source.lists(rows);
    }

    /**
     * Plans a stage.
     *
     * @param weighted a dense layer, or a convolution with one group and no horizontal dilation
     * @param crew who shares the output lines
     */
    public static SumStage plan(Source source, Operation weighted, Shape shape, Crew crew) {
        return new SumStage(source, rows(source, weighted, shape), shape, crew);
    }

    static WeightRows rows(Source source, Operation weighted, Shape shape) {
        if (weighted instanceof Operation.Dense dense) {
            return WeightRows.of(dense, source.shape(), source.maximum(), source.signed());
        }
        if (weighted instanceof Operation.Conv2d conv) {
            return WeightRows.of(conv, source.shape(), shape, source.maximum(), source.signed());
        }
        throw new IllegalArgumentException("no weights to gather in " + weighted);
    }

    /** One for each input that is not 0 and each output that looks at it; a sum of maps counts an input once. */
    static long operations(Source source, Tiles tiles, RowLists lists, int outputs) {
        boolean once = source.isValued() || source.isOneMap();
        return (once ? tiles.visits(lists) : lists.visits(source.maps())) * outputs;
    }

    /** Lays the weights out for a family; call it between two samples. */
    public void use(Family family) {
        Tiles tiles = family.tiles(rows, null, source);
        twin = new Twin(tiles, new int[shape.area() * tiles.stride()], family.lister());
    }

    /** Keeps ready what another stage of the same layer has laid out. */
    public void adopt(SumStage warm) {
        next = warm.twin;
    }

    /** Changes to what was kept ready; call it between two samples. */
    public void change() {
        twin = next;
        next = null;
    }

    /**
     * Runs one time step.
     *
     * @param value (channels, height, width) takes the sums, channels first
     */
    public void step(int t, int[] value) {
        operations = 0;
        if (t > 0 && source.constant()) {
            return;
        }
        twin.tiles().list(source, lists, twin.lister());
        operations = operations(source, twin.tiles(), lists, shape.channels());
        int[] sums = twin.sums();
        crew.run(sumLines, rows.window().outHeight());
        int area = shape.area();
        int stride = twin.tiles().stride();
        for (int c = 0; c < shape.channels(); c++) {
            for (int p = 0; p < area; p++) {
                value[c * area + p] = sums[p * stride + c];
            }
        }
    }

    /** Sums of some output lines; a class, since a lambda is one more that the JVM makes at its start. */
    private final class SumLines implements Crew.Lines {
        @Override
        public void run(int firstLine, int endLine) {
            twin.tiles().sum(lists, twin.sums(), firstLine, endLine);
        }
    }

    /** The loops at work, by name. */
    public String loops() {
        return twin.tiles().loops();
    }

    /** Synaptic operations of the latest step. */
    public long operations() {
        return operations;
    }

    /** Bytes of weights in the layout in use. */
    public long weightBytes() {
        return twin.tiles().weightBytes();
    }
}
