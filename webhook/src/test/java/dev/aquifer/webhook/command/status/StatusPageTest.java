package dev.aquifer.webhook.command.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.command.nodes.NodeCache;
import dev.aquifer.webhook.command.nodes.NodeCache.Held;
import dev.aquifer.webhook.command.nodes.NodeCache.Stand;
import dev.aquifer.webhook.command.nodes.Spread;
import dev.aquifer.webhook.command.output.Answers;
import dev.aquifer.webhook.command.output.Format;
import dev.aquifer.webhook.command.output.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What only nodes know, which no file has; the rest of the page is in the golden files of the command. */
class StatusPageTest {
    private static final Stand EMPTY = new Stand(0, 0, 0, 0, 10 << 20, null, false, null, 0, 0, 0);

    private static final StatusReport REPORT = new StatusReport(
            List.of(new StatusReport.Volume(
                    "team-a", "maps", "/maps", "Cached", List.of("reader"), 1, new Spread(1, 1, 1, 4), "True", null)),
            List.of(),
            List.of(),
            List.of(
                    new NodeCache(
                            "a",
                            true,
                            new Stand(2, 1, 1, 3 << 20, 10 << 20, null, false, null, 4096, 1024, 512),
                            List.of(
                                    new Held("climate/ref", "ready", 0, 1 << 20, null),
                                    new Held("lab/raw", "refused", 0, 0, "larger than the quota"),
                                    new Held("lab/tables", "refreshing", 99, 3 << 19, null),
                                    new Held("old/one", "idle", 0, 0, null),
                                    new Held("team-a/maps", "filling", 40, 1 << 19, null)),
                            null),
                    new NodeCache("b", false, null, List.of(), "its agent is not ready"),
                    new NodeCache("c", true, EMPTY, List.of(), "no answer within 10 s"),
                    new NodeCache("d", true, EMPTY, List.of(), "no answer within 10 s"),
                    new NodeCache("e", true, EMPTY, List.of(), "you may not"),
                    new NodeCache("f", true, EMPTY, List.of(), "no answer within 10 s"),
                    new NodeCache("g", true, EMPTY, List.of(), "no answer within 10 s")),
            List.of());

    @Test
    void showsWhatNodesFetchDatasetByDataset() {
        assertThat(print(false, false)).isEqualTo("""
            Shared volumes:
              VOLUME       MOUNT PATH  READ PATH  ROLES   BOUND  READY
              team-a/maps  /maps       Cached     reader  1      True

            Nodes that have all of a cached volume:
              VOLUME       COMPLETE            NODES   FILLING  FAILED
              team-a/maps  [##........]  25 %  1 of 4  1        1

            Caches of nodes:
              NODE  AGENT     COMPLETE  REFUSED  CACHE                            FETCHING
              a     Ready     2         1        [###.......]  30 %  of 10.0 MiB  [##........]  25 %  of 4.0 KiB, 512 B/s
              b     NotReady  -         -        -                   -            -                   its agent is not ready
              c     Ready     0         0        [..........]   0 %  of 10.0 MiB  -
              d     Ready     0         0        [..........]   0 %  of 10.0 MiB  -
              e     Ready     0         0        [..........]   0 %  of 10.0 MiB  -
              f     Ready     0         0        [..........]   0 %  of 10.0 MiB  -
              g     Ready     0         0        [..........]   0 %  of 10.0 MiB  -

            Datasets that nodes fill or cannot fill:
              NODE  VOLUME       STATE       FILLED              SIZE       MESSAGE
              a     lab/raw      refused     -                   0 B        larger than the quota
              a     lab/tables   refreshing  [#########.]  99 %  1.5 MiB
              a     team-a/maps  filling     [####......]  40 %  512.0 KiB

            Note: which datasets are on nodes c, d, f and 1 more is not known: no answer within 10 s
            Note: which datasets are on node e is not known: you may not
            """);
    }

    @Test
    void showsAllDatasetsOnAWidePage() {
        assertThat(print(false, true)).endsWith("""
            Datasets of nodes:
              NODE  VOLUME       STATE       FILLED              SIZE       MESSAGE
              a     climate/ref  ready       [##########] 100 %  1.0 MiB
              a     lab/raw      refused     -                   0 B        larger than the quota
              a     lab/tables   refreshing  [#########.]  99 %  1.5 MiB
              a     old/one      idle        -                   0 B
              a     team-a/maps  filling     [####......]  40 %  512.0 KiB

            Note: which datasets are on nodes c, d, f and 1 more is not known: no answer within 10 s
            Note: which datasets are on node e is not known: you may not
            """);
    }

    @Test
    void coloursWhatIsWellAndWhatIsNot() {
        assertThat(print(true, true))
                .contains("\u001b[31mrefused\u001b[0m", "\u001b[32mready\u001b[0m", "\u001b[31mNotReady\u001b[0m");
    }

    @Test
    void hasTheSameForPrograms() {
        assertThat(Answers.text(REPORT, Format.JSON)).containsIgnoringWhitespaces("""
            "datasets" : [ {"volume" : "climate/ref", "state" : "ready", "percent" : 0, "bytes" : 1048576}, {
            """);
    }

    private static String print(boolean colour, boolean wide) {
        StringWriter text = new StringWriter();
        new StatusPage(new Screen(new PrintWriter(text, true), colour), wide).print(REPORT);
        return text.toString();
    }
}
