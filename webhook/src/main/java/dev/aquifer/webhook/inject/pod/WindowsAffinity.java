package dev.aquifer.webhook.inject.pod;

import dev.aquifer.webhook.json.MalformedJsonException;
import java.util.List;

/**
 * Reads whether a pod's affinity leaves it only nodes of Windows: terms are alternatives, so each of them has to say so,
 * and a node must meet all requirements of a term, so one that says so is enough.
 */
final class WindowsAffinity {
    private final JsonCursor json;
    private boolean required;
    private boolean termSaysSo;
    private String key = "";
    private String operator = "";
    private List<String> values = List.of();

    private WindowsAffinity(JsonCursor json) {
        this.json = json;
    }

    static boolean in(JsonCursor json) throws MalformedJsonException, MalformedPodException {
        WindowsAffinity affinity = new WindowsAffinity(json);
        json.members(affinity::affinityMember);
        return affinity.required;
    }

    private void affinityMember(String name) throws MalformedJsonException, MalformedPodException {
        if (name.equals("nodeAffinity")) {
            json.members(this::nodeAffinityMember);
        } else {
            json.skip();
        }
    }

    private void nodeAffinityMember(String name) throws MalformedJsonException, MalformedPodException {
        if (name.equals("requiredDuringSchedulingIgnoredDuringExecution")) {
            json.members(this::selectorMember);
        } else {
            json.skip();
        }
    }

    private void selectorMember(String name) throws MalformedJsonException, MalformedPodException {
        if (name.equals("nodeSelectorTerms")) {
            List<Boolean> terms = json.items(index -> term());
            required = !terms.isEmpty() && !terms.contains(false);
        } else {
            json.skip();
        }
    }

    private boolean term() throws MalformedJsonException, MalformedPodException {
        termSaysSo = false;
        json.members(this::termMember);
        return termSaysSo;
    }

    private void termMember(String name) throws MalformedJsonException, MalformedPodException {
        if (name.equals("matchExpressions")) {
            termSaysSo = json.items(index -> requirement()).contains(true);
        } else {
            json.skip();
        }
    }

    private boolean requirement() throws MalformedJsonException, MalformedPodException {
        key = "";
        operator = "";
        values = List.of();
        json.members(this::requirementMember);
        return key.equals(PodReader.OS_LABEL) && operator.equals("In") && values.equals(List.of("windows"));
    }

    private void requirementMember(String name) throws MalformedJsonException, MalformedPodException {
        switch (name) {
            case "key" -> key = json.string();
            case "operator" -> operator = json.string();
            case "values" -> values = json.items(index -> json.string());
            default -> json.skip();
        }
    }
}
