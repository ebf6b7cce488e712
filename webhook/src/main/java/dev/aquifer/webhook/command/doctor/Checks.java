package dev.aquifer.webhook.command.doctor;

import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.nodes.Agents;
import dev.aquifer.webhook.command.nodes.NodeCaches;
import dev.aquifer.webhook.rest.ApiServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checks that apply to objects in files, to a cluster, or to an installation alone.
 *
 * @param clock what ends of certificates and times of reports are compared with
 */
public record Checks(KubernetesObjects objects, Clock clock) {

    /** Of objects in files: none that needs a cluster, and none of an installation where the files have none. */
    public List<Check> ofFiles() {
        boolean installed = new InstallationCheck(objects).isInstalled();
        List<Check> checks = new ArrayList<>(installed ? ofPrograms() : List.of());
        checks.addAll(ofWhatIsShared(installed));
        return checks;
    }

    /**
     * All of them, of a cluster.
     *
     * @param named the namespace to look into, as who asks has named it; null when he has named none
     * @param own his namespace when he has named none
     */
    public List<Check> ofCluster(ApiServer api, Agents agents, @Nullable String named, String own) {
        List<Check> checks = ofInstallation(api);
        checks.addAll(ofWhatIsShared(true));
        checks.add(new CachesCheck(objects, new NodeCaches(objects, agents), clock));
        checks.add(named == null ? ReachabilityCheck.ofServed(api, objects, own) : new ReachabilityCheck(api, named));
        checks.add(new RightsCheck(api, named == null ? own : named));
        checks.add(new ProgramRightsCheck(objects, api));
        return checks;
    }

    /**
     * Of the installation alone, by a pod that asks for a volume.
     *
     * @param namespace whose pod asks
     * @param volume as the pod's annotation names it
     */
    public List<Check> ofProbe(ApiServer api, String namespace, String volume) {
        List<Check> checks = ofInstallation(api);
        checks.add(new InjectionCheck(objects, api, namespace, volume));
        checks.add(new ProgramRightsCheck(objects, api));
        return checks;
    }

    private List<Check> ofInstallation(ApiServer api) {
        List<Check> checks = new ArrayList<>(ofPrograms());
        checks.add(new AuthorityCheck(objects, clock));
        checks.add(new ServingCheck(objects, api, clock));
        checks.add(new AgentsCheck(objects));
        return checks;
    }

    private List<Check> ofPrograms() {
        return List.of(
                new InstallationCheck(objects),
                new CertificateCheck(objects, clock),
                new PoliciesCheck(objects),
                new NodesCheck(objects));
    }

    /** What owners and tenants answer for, and the nodes' own side. */
    private List<Check> ofWhatIsShared(boolean installed) {
        return List.of(
                new VolumesCheck(objects, installed),
                new RolesCheck(objects),
                new BoundaryCheck(objects),
                new HandlesCheck(objects),
                new KernelsCheck(objects),
                new MarksCheck(objects),
                new TenantsCheck(objects),
                new LimitsCheck(objects),
                new OriginRoomCheck(objects));
    }
}
