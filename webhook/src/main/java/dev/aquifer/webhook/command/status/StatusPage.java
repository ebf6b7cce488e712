package dev.aquifer.webhook.command.status;

import dev.aquifer.webhook.command.nodes.Spread;
import dev.aquifer.webhook.command.output.Bar;
import dev.aquifer.webhook.command.output.Cell;
import dev.aquifer.webhook.command.output.Screen;
import dev.aquifer.webhook.command.output.Table;
import dev.aquifer.webhook.command.output.Tone;
import dev.aquifer.webhook.command.status.StatusReport.Binding;
import dev.aquifer.webhook.command.status.StatusReport.OldPod;
import dev.aquifer.webhook.command.status.StatusReport.Volume;

/** A status report as people read it. */
public final class StatusPage {
    private static final int INDENT = 2;

    private final Screen screen;
    private final boolean wide;

    /**
     * Prints on this screen.
     *
     * @param wide whether each claim and each dataset is listed, not only those that cannot be used as they should
     */
    public StatusPage(Screen screen, boolean wide) {
        this.screen = screen;
        this.wide = wide;
    }

    public void print(StatusReport report) {
        if (report.volumes().isEmpty() && report.bindings().isEmpty()) {
            screen.line("No shared volumes found.");
        }
        section("Shared volumes:", volumes(report));
        section("Nodes that have all of a cached volume:", spreads(report));
        section("Caches of nodes:", NodeTables.caches(report.caches()));
        section(
                wide ? "Datasets of nodes:" : "Datasets that nodes fill or cannot fill:",
                NodeTables.datasets(report.caches(), wide));
        Table bindings = bindings(report);
        section(wide ? "Bindings:" : "Bindings that cannot be used:", bindings);
        if (bindings.isEmpty() && !report.bindings().isEmpty()) {
            int all = report.bindings().size();
            screen.line("%d of %d bindings can be used.".formatted(all, all));
        }
        section("Pods that would get something else today (aquifer explain pod/NAME says what):", pods(report));
        NodeTables.unknown(report.caches()).forEach(this::note);
        report.notes().forEach(this::note);
    }

    private void note(String sentence) {
        screen.cells(new Cell("Note: ", Tone.DOUBTFUL), Cell.of(sentence));
    }

    private void section(String title, Table table) {
        if (!table.isEmpty()) {
            screen.line(title);
            screen.table(INDENT, table);
            screen.blank();
        }
    }

    private static Table volumes(StatusReport report) {
        Table table = new Table("VOLUME", "MOUNT PATH", "READ PATH", "ROLES", "BOUND", "READY", "");
        for (Volume volume : report.volumes()) {
            table.row(
                    Cell.of(volume.namespace() + "/" + volume.name()),
                    Cell.of(volume.mountPath()),
                    Cell.of(volume.readPath()),
                    Cell.of(String.join(", ", volume.roles())),
                    Cell.of(Integer.toString(volume.boundNamespaces())),
                    new Cell(volume.ready(), volume.ready().equals("True") ? Tone.GOOD : Tone.BAD),
                    Cell.of(volume.message() == null ? "" : volume.message()));
        }
        return table;
    }

    private static Table spreads(StatusReport report) {
        Table table = new Table("VOLUME", "COMPLETE", "NODES", "FILLING", "FAILED");
        for (Volume volume : report.volumes()) {
            Spread nodes = volume.nodes();
            if (nodes != null) {
                table.row(
                        Cell.of(volume.namespace() + "/" + volume.name()),
                        new Cell(Bar.of(nodes.complete(), nodes.all()), nodes.isFull() ? Tone.GOOD : Tone.PLAIN),
                        Cell.of("%d of %d".formatted(nodes.complete(), nodes.all())),
                        Cell.of(Integer.toString(nodes.filling())),
                        new Cell(Integer.toString(nodes.failed()), nodes.failed() > 0 ? Tone.BAD : Tone.PLAIN));
            }
        }
        return table;
    }

    private Table bindings(StatusReport report) {
        Table table = new Table("VOLUME", "NAMESPACE", "MODE", "PHASE", "CLAIM");
        for (Binding binding : report.bindings()) {
            boolean bound = binding.phase().equals("Bound");
            if (wide || !bound) {
                table.row(
                        Cell.of(binding.volume()),
                        Cell.of(binding.namespace()),
                        Cell.of(binding.mode()),
                        new Cell(binding.phase(), bound ? Tone.GOOD : Tone.DOUBTFUL),
                        Cell.of(binding.claim()));
            }
        }
        return table;
    }

    private static Table pods(StatusReport report) {
        Table table = new Table("NAMESPACE", "POD", "VOLUME", "ROLE", "REVISION", "IS NOW");
        for (OldPod pod : report.oldPods()) {
            table.row(
                    pod.namespace(),
                    pod.pod(),
                    pod.volume(),
                    pod.role(),
                    Long.toString(pod.revision()),
                    pod.current() == null ? "gone" : pod.current().toString());
        }
        return table;
    }
}
