package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.command.doctor.ProgramRules.Rule;
import dev.aquifer.webhook.command.lookup.InstalledProgram;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Whether the programs have all the rights that the chart gives them, as their service accounts; many are asked at a time. */
public record ProgramRightsCheck(KubernetesObjects objects, ApiServer api) implements Check {
    private static final int AT_A_TIME = 16;

    private record Right(boolean own, String group, String resource, String name, String verb) {
        static Stream<Right> of(Rule rule) {
            List<String> names = rule.names().isEmpty() ? List.of("") : rule.names();
            return rule.resources().stream()
                    .flatMap(resource -> names.stream()
                            .flatMap(name -> rule.verbs().stream()
                                    .map(verb -> new Right(rule.own(), rule.group(), resource, name, verb))));
        }

        @Override
        public String toString() {
            return verb + " " + resource + (group.isEmpty() ? "" : "." + group) + (name.isEmpty() ? "" : " " + name);
        }
    }

    @Override
    public String name() {
        return "program-rights";
    }

    @Override
    public List<Finding> run() {
        boolean agents = objects.find(Kind.CSI_DRIVER, "", NodesCheck.DRIVER) != null;
        List<Finding> findings = new ArrayList<>();
        for (InstalledProgram admission : byLabel("admission")) {
            String name = admission.name();
            String secret = admission.option("--ca-secret", name + "-ca");
            findings.add(judge(admission, new ProgramRules(name, agents).admission(secret, isIssued(name))));
        }
        for (InstalledProgram binder : byLabel("binder")) {
            findings.add(judge(binder, new ProgramRules(binder.name(), agents).binder()));
        }
        return findings;
    }

    /** Those with rights in the whole cluster: others have them in the namespaces that they serve. */
    private List<InstalledProgram> byLabel(String component) {
        return InstalledProgram.all(objects, component).stream()
                .filter(program -> !program.servesByName())
                .toList();
    }

    private boolean isIssued(String admission) {
        return "false"
                .equals(Names.labels(objects.find(Kind.MUTATING_WEBHOOK, "", admission))
                        .get("aquifer.dev/inject-ca"));
    }

    private Finding judge(InstalledProgram program, List<Rule> rules) {
        String namespace = program.namespace();
        String account = program.deployment()
                .at("/spec/template/spec/serviceAccountName")
                .asText("default");
        List<Right> rights = rules.stream().flatMap(Right::of).toList();
        List<String> missing = missing(namespace, account, rights);
        String subject = "service account " + namespace + "/" + account;
        return missing.isEmpty()
                ? Finding.ok(name(), subject, "it has all %d rights that the chart gives it".formatted(rights.size()))
                : Finding.error(
                        name(),
                        subject,
                        "expected it to have all %d rights that the chart gives it, found that it may not %s"
                                .formatted(rights.size(), Nodes.some(missing)),
                        "run helm upgrade with the chart's cluster parts to bring its roles back");
    }

    private List<String> missing(String namespace, String account, List<Right> rights) {
        try (ExecutorService some =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            List<CompletableFuture<Boolean>> asked = rights.stream()
                    .map(right -> CompletableFuture.supplyAsync(() -> may(namespace, account, right), some))
                    .toList();
            List<String> missing = new ArrayList<>();
            for (int i = 0; i < rights.size(); i++) {
                if (!asked.get(i).join()) {
                    missing.add(rights.get(i).toString());
                }
            }
            return missing;
        } catch (CompletionException e) {
            if (e.getCause() instanceof ApiException refused) {
                throw refused;
            }
            throw e;
        }
    }

    private boolean may(String namespace, String account, Right right) {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SubjectAccessReview");
        ObjectNode spec = review.putObject("spec");
        spec.put("user", "system:serviceaccount:%s:%s".formatted(namespace, account));
        spec.putArray("groups")
                .add("system:serviceaccounts")
                .add("system:serviceaccounts:" + namespace)
                .add("system:authenticated");
        String[] resource = right.resource().split("/", 2);
        ObjectNode attributes = spec.putObject("resourceAttributes")
                .put("verb", right.verb())
                .put("group", right.group())
                .put("resource", resource[0])
                .put("name", right.name())
                .put("namespace", right.own() ? namespace : "");
        if (resource.length > 1) {
            attributes.put("subresource", resource[1]);
        }
        return api.send("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", "application/json", review)
                .at("/status/allowed")
                .asBoolean();
    }
}
