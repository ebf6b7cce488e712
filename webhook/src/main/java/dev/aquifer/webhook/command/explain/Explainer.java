package dev.aquifer.webhook.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Says what pods of one namespace would see of shared volumes, and why. */
public interface Explainer {

    /**
     * The report for a pod, or for those that a template makes.
     *
     * @param kind of the object that the pod is or comes from
     */
    PodReport report(String kind, String name, ObjectNode pod);

    /** What a pod that is there has, against what it would get today. */
    PodComparison compare(JsonNode pod);
}
