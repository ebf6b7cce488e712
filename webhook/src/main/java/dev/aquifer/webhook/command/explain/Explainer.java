package dev.aquifer.webhook.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Says what pods of one namespace would see of shared volumes, and why, and how they would be stored. */
public interface Explainer {

    /**
     * The report for a pod, or for those that a template makes.
     *
     * @param kind of the object that the pod is or comes from
     */
    PodReport report(String kind, String name, ObjectNode pod);

    /** What a pod that is there has, against what it would get today. */
    PodComparison compare(JsonNode pod);

    /**
     * The answer for a pod, or for those that a template makes, with what admission adds to it and nothing else.
     *
     * @param kind of the object that the pod is or comes from
     */
    Reply reply(String kind, String name, ObjectNode pod);

    /** What people are to know of how its replies come about; null for nothing. */
    @Nullable String doubt();
}
