package dev.aquifer.webhook.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A volume that its owner shares, as the API server stores it. */
@Group("aquifer.dev")
@Version("v1alpha1")
@ShortNames("sv")
@AdditionalPrinterColumn(name = "Mount path", jsonPath = ".spec.mountPath")
@AdditionalPrinterColumn(name = "Read path", jsonPath = ".spec.readPath")
@AdditionalPrinterColumn(name = "Roles", jsonPath = ".status.roles")
@AdditionalPrinterColumn(
        name = "Bound namespaces",
        jsonPath = ".status.boundNamespaces",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class SharedVolume extends CustomResource<SharedVolumeSpec, SharedVolumeStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
