package dev.aquifer.webhook.command.explain;

import dev.aquifer.webhook.command.explain.PodComparison.Difference;
import dev.aquifer.webhook.command.explain.PodReport.Available;
import dev.aquifer.webhook.command.explain.PodReport.Container;
import dev.aquifer.webhook.command.explain.PodReport.LeftOut;
import dev.aquifer.webhook.command.explain.PodReport.Place;
import dev.aquifer.webhook.command.explain.PodReport.Volume;
import dev.aquifer.webhook.command.output.Cell;
import dev.aquifer.webhook.command.output.Screen;
import dev.aquifer.webhook.command.output.Table;
import dev.aquifer.webhook.command.output.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as people read it. */
public final class ReportPage {
    private static final int INDENT = 2;

    private final Screen screen;
    private final boolean wide;

    /**
     * Prints on this screen.
     *
     * @param wide whether claims are named too
     */
    public ReportPage(Screen screen, boolean wide) {
        this.screen = screen;
        this.wide = wide;
    }

    /**
     * A report.
     *
     * @param further whether another one stands above it
     */
    public void print(PodReport report, boolean further) {
        if (further) {
            screen.blank();
        }
        screen.cells(
                Cell.of("%s/%s in namespace %s, service account %s: "
                        .formatted(
                                report.kind().toLowerCase(Locale.ROOT),
                                report.name(),
                                report.namespace(),
                                report.serviceAccount())),
                verdict(report),
                new Cell(" (" + report.reason() + ")", Tone.FAINT));
        String message = report.message();
        if (message != null
                && report.leftOut().stream().noneMatch(left -> left.message().equals(message))) {
            screen.line(" ".repeat(INDENT) + message);
        }
        section("", places(report));
        section("Volumes", volumes(report));
        section("Left out", leftOut(report));
        section("Could be asked for in annotation aquifer.dev/volumes", available(report));
        report.notes().forEach(note -> screen.cells(new Cell("Note: ", Tone.DOUBTFUL), Cell.of(note)));
    }

    /** The report of today, then what is different now. */
    public void print(PodComparison comparison) {
        print(comparison.today(), false);
        screen.blank();
        if (comparison.differences().isEmpty()) {
            boolean refused = comparison.today().verdict() == Verdict.REFUSED;
            screen.line(refused ? "The pod that runs has no shared volume." : "The pod has exactly that now.");
            return;
        }
        screen.line("The pod that runs has something else; a new one gets what is said above:");
        Table table = new Table("CONTAINER", "PATH", "NOW", "TODAY");
        for (Difference difference : comparison.differences()) {
            table.row(
                    difference.container(),
                    difference.path(),
                    orNothing(difference.now()),
                    orNothing(difference.today()));
        }
        screen.table(INDENT, table);
    }

    private static String orNothing(@Nullable String place) {
        return place == null ? "nothing" : place;
    }

    private void section(String title, Table table) {
        if (!table.isEmpty()) {
            screen.blank();
            if (!title.isEmpty()) {
                screen.line(title + ":");
            }
            screen.table(INDENT, table);
        }
    }

    private Table places(PodReport report) {
        Table table = wide
                ? new Table("CONTAINER", "PATH", "ACCESS", "VOLUME", "ROLE", "SHOWS", "CLAIM")
                : new Table("CONTAINER", "PATH", "ACCESS", "VOLUME", "ROLE", "SHOWS");
        for (Container container : report.containers()) {
            String name = container.name();
            if (container.paths().isEmpty() && !report.volumes().isEmpty()) {
                row(table, List.of(name, "-", "", "", "", "nothing of them"), "");
            }
            for (Place place : container.paths()) {
                row(
                        table,
                        List.of(name, place.path(), place.access(), place.volume(), place.role(), place.from()),
                        place.claim() == null ? "-" : place.claim());
                name = "";
            }
        }
        return table;
    }

    private void row(Table table, List<String> cells, String claim) {
        List<String> all = new ArrayList<>(cells);
        if (wide) {
            all.add(claim);
        }
        table.row(all.toArray(String[]::new));
    }

    private static Table volumes(PodReport report) {
        Table table = new Table("VOLUME", "ROLE", "GRANTED BY");
        for (Volume volume : report.volumes()) {
            table.row(volume.volume(), volume.role(), String.join(" / ", volume.grants()));
        }
        return table;
    }

    private static Table leftOut(PodReport report) {
        Table table = new Table("VOLUME", "REASON", "");
        for (LeftOut left : report.leftOut()) {
            table.row(Cell.of(left.volume()), new Cell(left.reason(), Tone.BAD), Cell.of(left.message()));
        }
        return table;
    }

    private static Table available(PodReport report) {
        Table table = new Table("VOLUME", "ROLES", "ANNOTATION", "NOT BY ITSELF BECAUSE");
        for (Available one : report.available()) {
            table.row(one.volume(), String.join(", ", one.roles()), one.ask(), one.why());
        }
        return table;
    }

    private static Cell verdict(PodReport report) {
        return switch (report.verdict()) {
            case INJECTED ->
                report.leftOut().isEmpty()
                        ? new Cell("gets shared volumes", Tone.GOOD)
                        : new Cell("gets shared volumes, but not all that it was to have", Tone.DOUBTFUL);
            case NOTHING -> new Cell("gets no shared volume", Tone.PLAIN);
            case SKIPPED -> new Cell("starts without volumes that it was to have", Tone.DOUBTFUL);
            case REFUSED -> new Cell("would be refused", Tone.BAD);
        };
    }
}
