package dev.aquifer.webhook.command;

import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.command.lookup.InstalledProgram;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.inject.Injector;
import dev.aquifer.webhook.rest.ApiException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the running admission was told, as its Deployment says; what the chart installs without settings where that cannot
 * be read, with a sentence that says so.
 *
 * @param accepted the owners that every namespace accepts
 * @param served the namespaces that it serves
 * @param injector how it decides about pods
 * @param serves whether it is asked about pods of the namespace at all
 * @param doubt why it may decide otherwise; null when this is what it was told
 */
record InstalledAdmission(
        AcceptedOwners accepted,
        Served served,
        Injector injector,
        boolean serves,
        @Nullable String doubt) {
    private static final String ACCEPT_FROM = "--accept-from";
    private static final String SERVE = "--serve";
    private static final String RECURSIVE_READ_ONLY = "--recursive-read-only";
    private static final String SE_LINUX = "--selinux";
    private static final Injector ANY = new Injector(true);
    private static final String ASSUMED =
            "so this is what the chart's admission does without settings: it serves every namespace, all of them accept no"
                    + " owner (else say --accept-from), and nodes have no SELinux";

    /**
     * That one which serves this namespace, of several.
     *
     * @param expected whether there should be one, as in a cluster; files need not have it
     */
    static InstalledAdmission find(KubernetesObjects objects, String namespace, boolean expected) {
        List<InstalledProgram> programs;
        try {
            programs = InstalledProgram.all(objects, "admission");
        } catch (ApiException e) {
            if (!e.isRefusal()) {
                throw e;
            }
            return unknown("what the running admission was told cannot be read, since you may not list Deployments, "
                    + ASSUMED);
        }
        for (InstalledProgram program : programs) {
            InstalledAdmission installed = of(program);
            if (installed.served().everywhere() || installed.served().names().contains(namespace)) {
                return installed;
            }
        }
        return programs.isEmpty()
                ? unknown(expected ? "no admission is installed (no Deployment has its labels), " + ASSUMED : null)
                : new InstalledAdmission(
                        AcceptedOwners.NONE,
                        Served.ALL,
                        ANY,
                        false,
                        "no admission that is installed serves namespace \"%s\" (namespaces, in the chart's values), so its pods are left as they are"
                                .formatted(namespace));
    }

    private static InstalledAdmission unknown(@Nullable String doubt) {
        return new InstalledAdmission(AcceptedOwners.NONE, Served.ALL, ANY, true, doubt);
    }

    private static InstalledAdmission of(InstalledProgram program) {
        return new InstalledAdmission(
                AcceptedOwners.parse(program.option(ACCEPT_FROM)),
                program.served(),
                new Injector(
                        !"false".equalsIgnoreCase(program.option(RECURSIVE_READ_ONLY)),
                        "true".equalsIgnoreCase(program.option(SE_LINUX))),
                true,
                concealed(program));
    }

    private static @Nullable String concealed(InstalledProgram program) {
        String options = Stream.of(ACCEPT_FROM, SERVE, RECURSIVE_READ_ONLY, SE_LINUX)
                .filter(program::conceals)
                .collect(Collectors.joining(", "));
        return options.isEmpty()
                ? null
                : "what the running admission was told by %s cannot be read, since its Deployment takes it from elsewhere (valueFrom), so this is what it does without"
                        .formatted(options);
    }
}
