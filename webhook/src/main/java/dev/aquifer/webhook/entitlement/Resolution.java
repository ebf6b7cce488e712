package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.Role;

/** What became of one volume that a pod asks for or that selects it. */
public sealed interface Resolution {

    /** The pod takes this role of this volume. */
    record Granted(KnownVolume volume, Role role) implements Resolution {}

    /**
     * The pod gets nothing of it.
     *
     * @param volume the volume as the pod's author calls it
     * @param message what was found and what to do
     */
    record Refused(String volume, Reason reason, String message) implements Resolution {}
}
