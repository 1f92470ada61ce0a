namespace Kops.Api.Validation;

/// <summary>Add-ons that kOps sets up, and what they need of each other.</summary>
internal static class AddonRules
{
    public static void Check(ClusterContext cluster)
    {
        var spec = cluster.Spec;
        foreach (var name in new[] { "snapshotController", "awsLoadBalancerController", "podIdentityWebhook" })
            spec[name]["enabled"].FailIf(spec[name]["enabled"].IsTrue && !cluster.HasCertManager, "needs spec.certManager.enabled");
        spec["metricsServer"]
            ["insecure"]
            .FailIf(
                spec["metricsServer"]["enabled"].IsTrue && !spec["metricsServer"]["insecure"].IsTrue && !cluster.HasCertManager,
                "must be true, or spec.certManager.enabled"
            );
        spec["certManager"]
            ["hostedZoneIDs"]
            .FailIf(
                spec["certManager"]["enabled"].IsTrue
                    && spec["certManager"]["hostedZoneIDs"].Count > 0
                    && !cluster.HasServiceAccountPermissions,
                "need spec.iam.useServiceAccountExternalPermissions"
            );
        spec["karpenter"]
            ["enabled"]
            .FailIf(
                spec["karpenter"]["enabled"].IsTrue && !cluster.HasServiceAccountPermissions,
                "needs spec.iam.useServiceAccountExternalPermissions"
            );
        Autoscaler(cluster, spec["clusterAutoscaler"]);
        TerminationHandler(spec["nodeTerminationHandler"]);
        if (cluster.IsAws)
            spec["cloudConfig"]
                ["awsEBSCSIDriver"]["enabled"]
                .FailIf(spec["cloudConfig"]["awsEBSCSIDriver"]["enabled"].IsFalse, "cannot be false: remove it");
    }

    private static void Autoscaler(ClusterContext cluster, Field scaler)
    {
        scaler.FailIf(scaler.IsSet && cluster.Cloud.Name == "openstack", "is not supported on OpenStack: remove it");
        foreach (var expander in (scaler["expander"].Text ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            scaler["expander"]
                .FailIf(
                    expander is not ("least-waste" or "random" or "most-pods" or "price" or "priority"),
                    $"'{expander}' is not supported: use one of least-waste, random, most-pods, price, priority"
                );
            scaler["expander"].FailIf(expander == "price" && cluster.Cloud.Name != "gce", "price is only supported on GCE");
        }
    }

    private static void TerminationHandler(Field handler)
    {
        if (handler["enabled"].IsFalse)
            return;
        handler["enableRebalanceMonitoring"]
            .FailIf(
                handler["enableRebalanceMonitoring"].IsTrue && !handler["enableRebalanceDraining"].IsTrue,
                "needs enableRebalanceDraining: who is only told of a rebalance does nothing about it"
            );
        // Queues are what it listens to unless told otherwise.
        if (!handler["enabled"].IsTrue || handler["enableSQSTerminationDraining"].IsFalse)
            return;
        foreach (var name in new[] { "enableSpotInterruptionDraining", "enableScheduledEventDraining" })
            handler[name].FailIf(handler[name].IsFalse, "cannot be false in queue mode (enableSQSTerminationDraining)");
    }
}
