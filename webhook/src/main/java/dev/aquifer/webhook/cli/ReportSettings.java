package dev.aquifer.webhook.cli;

import java.nio.file.Path;

/**
 * Where what node agents report is read.
 *
 * @param service of admission, which its certificates name
 * @param each the headless Service of its pods
 * @param port of those pods
 * @param token the file of the token for them
 */
record ReportSettings(String service, String each, int port, Path token) {
    ReportSettings {
        Wrong.unlessSubdomain("--service-name", "the name of a Service", service);
        Wrong.unlessSubdomain("--reports-from", "the name of a Service", each);
        Wrong.unlessPort("--reports-port", port);
        Wrong.unless(token.isAbsolute(), "--token", "an absolute path", token);
    }
}
