package io.spikelet.host.fleet.verb;

import io.spikelet.host.broker.EmbeddedBroker;
import io.spikelet.host.fleet.BoardSnapshot;
import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.FleetEvent;
import io.spikelet.host.fleet.Reading;
import io.spikelet.host.fleet.collect.Collector;
import io.spikelet.host.fleet.collect.CollectorOptions;
import io.spikelet.host.fleet.collect.Keeper;
import io.spikelet.host.fleet.dashboard.FleetSource;
import io.spikelet.host.fleet.store.CollectorBeat;
import io.spikelet.host.fleet.store.FleetStore;
import io.spikelet.host.fleet.store.JdbcFleetStore;
import io.spikelet.host.fleet.store.Retention;
import io.spikelet.host.fleet.store.StoreWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A collector with its store, put together, and taken apart in the order that loses nothing. */
public final class FleetProcess implements AutoCloseable {
    private final Fleet fleet = new Fleet();
    private final Optional<EmbeddedBroker> broker;
    private final Optional<FleetStore> store;
    private final Optional<StoreWriter> writer;
    private final Optional<Retention> retention;
    private final Collector collector;

    private FleetProcess(
            Optional<EmbeddedBroker> broker, CollectorOptions options, Optional<FleetStore> store, Duration keep)
            throws IOException {
        this.broker = broker;
        this.store = store;
        if (store.isPresent()) {
            for (BoardSnapshot board : store.get().boardsChangedSince(0)) {
                if (options.takes(board.id())) {
                    fleet.board(board.id(), board.since()).ifPresent(known -> known.restore(board.unheard()));
                }
            }
        }
        writer = store.map(kept -> new StoreWriter(kept, fleet));
        retention = store.map(kept -> new Retention(kept, fleet, keep));
        collector =
                new Collector(options, fleet, writer.map(FleetProcess::keeper).orElse(Keeper.NONE));
        writer.ifPresent(kept -> kept.tellAlive(() -> beat(options)));
    }

    /** Nothing while no broker talks to it: the store learns nothing new then. */
    private Optional<CollectorBeat> beat(CollectorOptions options) {
        return collector.counts().connected()
                ? Optional.of(new CollectorBeat(
                        options.hostId(),
                        options.groups(),
                        options.shard(),
                        options.shards(),
                        System.currentTimeMillis()))
                : Optional.empty();
    }

    /**
     * Starts to collect.
     *
     * @param broker that lives as long as this; empty when the options name one of its own
     * @param where the store; empty keeps nothing
     * @param keep how long readings are kept
     * @throws IOException when the store cannot be opened
     */
    public static FleetProcess start(
            Optional<EmbeddedBroker> broker, CollectorOptions options, Optional<String> where, Duration keep)
            throws IOException {
        Optional<FleetStore> store =
                where.isPresent() ? Optional.of(JdbcFleetStore.open(where.get())) : Optional.empty();
        try {
            return new FleetProcess(broker, options, store, keep);
        } catch (IOException failure) {
            if (store.isPresent()) {
                store.get().close();
            }
            throw failure;
        }
    }

    private static Keeper keeper(StoreWriter writer) {
        return new Keeper() {
            @Override
            public void keep(List<Reading> readings) {
                writer.add(readings);
            }

            @Override
            public void keep(FleetEvent event) {
                writer.add(event);
            }
        };
    }

    public Fleet fleet() {
        return fleet;
    }

    public Collector collector() {
        return collector;
    }

    /** What becomes of readings; nothing is stored or dropped without a store. */
    public FleetSource.Keeping keeping() {
        return writer.map(kept -> new FleetSource.Keeping(kept.stored(), kept.dropped(), kept.waitingMessages()))
                .orElse(new FleetSource.Keeping(0, 0, 0));
    }

    /** For a dashboard in this process. */
    public FleetSource source() {
        return new FleetSource(
                fleet,
                store,
                Optional.of(collector::counts),
                writer.isPresent() ? Optional.of(this::keeping) : Optional.empty(),
                this::trouble);
    }

    private String trouble() {
        String away = collector.trouble();
        return away.isEmpty() ? writer.map(StoreWriter::trouble).orElse("") : away;
    }

    @Override
    public void close() throws IOException {
        collector.close();
        retention.ifPresent(Retention::close);
        writer.ifPresent(StoreWriter::close);
        if (store.isPresent()) {
            store.get().close();
        }
        if (broker.isPresent()) {
            broker.get().close();
        }
    }
}
