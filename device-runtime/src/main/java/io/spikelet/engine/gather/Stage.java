package io.spikelet.engine.gather;

import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Shape;

/**
 * A weighted layer, the neurons it drives and the pool behind them as one piece of work: spikes in, spikes out. Where
 * nothing is remembered from step to step, sums are compared where they were added up and no membrane exists. A stage
 * can change its family of kernels between two samples.
 */
public final class Stage {
    private final Source source;
    private final RowLists lists;
    private final WeightRows rows;
    private final Operation.Neuron neuron;
    private final Shape shape;

    /** Null where membranes are remembered. */
    private final FiringSums firing;

    private final SpikeMap fired;
    private final BitPool pool;
    private final SpikeMap out;

    /** Who shares the output lines. */
    private final Crew crew;

    private final Crew.Lines fireLines = new FireLines();
    private final Crew.Lines sumLines = new SumLines();

    /** For weights of −1 and 1, which dense spikes may take word by word; null for others. */
    private final Twin words;

    private final Density density = new Density();
    private Twin twin;

    /** What to change to; written before the volatile write of whoever asks for the change. */
    private Twin next;

    private int spikes;
    private long operations;

    /**
     * Weights and state in the layout of one family.
     *
     * @param membranes null when the tiles compare
     * @param sums (positions, stride) null when the tiles compare
     */
    private record Twin(Tiles tiles, Membranes membranes, int[] sums, Lister lister) {}

    private Stage(
            Source source,
            WeightRows rows,
            Operation.Neuron neuron,
            Shape shape,
            boolean stateless,
            Pool2d pool,
            Shape pooled,
            Crew crew) {
        this.crew = crew;
        this.source = source;
        this.rows = rows;
        this.neuron = neuron;
        this.shape = shape;
        lists = source.lists(rows);
        firing = stateless && FiringSums.serve(rows) ? FiringSums.of(neuron, shape, rows) : null;
        fired = new SpikeMap(shape);
        out = pool == null ? fired : new SpikeMap(pooled);
        this.pool = pool == null ? null : new BitPool(pool, fired, out);
        words = rows.isSigns() && source.isOneMap() ? twin(Family.SWAR, true) : null;
    }

    /** Spikes of some output lines; a class, since a lambda is one more that the JVM makes at its start. */
    private final class FireLines implements Crew.Lines {
        @Override
        public void run(int firstLine, int endLine) {
            twin().tiles().fire(lists, fired, firstLine, endLine);
        }
    }

    /** Sums of some output lines. */
    private final class SumLines implements Crew.Lines {
        @Override
        public void run(int firstLine, int endLine) {
            twin().tiles().sum(lists, twin().sums(), firstLine, endLine);
        }
    }

    /**
     * Plans a stage.
     *
     * @param weighted a dense layer, or a convolution with one group and no horizontal dilation
     * @param neuron single spikes, one drive, no gate and no synaptic current
     * @param shape extent of the neurons
     * @param stateless whether the neurons compare what one step brings, in the network's number of steps
     * @param pool a maximum or minimum of the spikes, or null
     * @param pooled its extent, or null
     * @param crew who shares the output lines
     */
    public static Stage plan(
            Source source,
            Operation weighted,
            Operation.Neuron neuron,
            Shape shape,
            boolean stateless,
            Pool2d pool,
            Shape pooled,
            Crew crew) {
        return new Stage(source, SumStage.rows(source, weighted, shape), neuron, shape, stateless, pool, pooled, crew);
    }

    /** Lays the weights out for a family; call it between two samples. */
    public void use(Family family) {
        twin = twin(family, false);
    }

    /** Keeps ready what another stage of the same layers has laid out. */
    public void adopt(Stage warm) {
        next = warm.twin;
    }

    /** Changes to what was kept ready; call it between two samples. */
    public void change() {
        twin = next;
        next = null;
    }

    private Twin twin(Family family, boolean byWords) {
        if (firing != null) {
            Tiles tiles = tiles(family, byWords, rows.negated(firing.turned()), firing.lowest());
            if (tiles.fires()) {
                return new Twin(tiles, null, null, family.lister());
            }
        }
        Tiles tiles = tiles(family, byWords, rows, null);
        Membranes membranes = family.membranes(neuron, shape, tiles.stride());
        return new Twin(tiles, membranes, new int[shape.area() * tiles.stride()], family.lister());
    }

    private Tiles tiles(Family family, boolean byWords, WeightRows weights, int[] threshold) {
        return byWords
                ? new PopcountTiles(weights, threshold, source.maps()[0])
                : family.tiles(weights, threshold, source);
    }

    /** The twin at work: by events, or by words where spikes were dense. */
    private Twin twin() {
        return words != null && density.isDense() ? words : twin;
    }

    /** The loops at work, by name. */
    public String loops() {
        return twin.tiles().loops() + (twin.membranes() == null ? "" : " membranes");
    }

    /** Runs one time step. */
    public void step(int t) {
        boolean fresh = t == 0 || !source.constant();
        operations = 0;
        Twin now = twin();
        if (fresh) {
            read(now);
        }
        if (now.membranes() == null) {
            if (!fresh) {
                return;
            }
            fired.clear();
            crew.run(fireLines, rows.window().outHeight());
        } else {
            if (fresh) {
                crew.run(sumLines, rows.window().outHeight());
            }
            now.membranes().step(t, now.sums(), fired);
        }
        spikes = fired.count();
        if (pool != null) {
            pool.pool();
        }
    }

    /** Lists the events unless words are read as they are, and counts the work. */
    private void read(Twin now) {
        if (now == words) {
            operations = lists.visits(source.maps()) * shape.channels();
        } else {
            now.tiles().list(source, lists, now.lister());
            operations = SumStage.operations(source, now.tiles(), lists, shape.channels());
        }
        if (words != null) {
            density.add(source.maps()[0].count(), source.shape().size());
        }
    }

    /** Forgets the sample before. */
    public void reset() {
        density.decide();
        Twin now = twin();
        if (now.membranes() != null) {
            now.membranes().reset();
        }
        fired.clear();
        out.clear();
        spikes = 0;
    }

    /** The spikes, behind the pool if there is one; the stage's own. */
    public SpikeMap out() {
        return out;
    }

    /** Neurons that fired at the latest step, before the pool. */
    public int spikes() {
        return spikes;
    }

    /** Synaptic operations of the latest step. */
    public long operations() {
        return operations;
    }

    /** Bytes of weights in the layout in use. */
    public long weightBytes() {
        return twin().tiles().weightBytes();
    }
}
