using Kops.Api.Schema;

namespace Kops.Build.Addons.Spec;

/// <summary>The fields of a type by the names that kOps' programs, and so its templates, have for them.</summary>
internal static class GoNames
{
    // The rest are those of the files, but for upper and lower case.
    private static readonly (string Type, string Name, string Field)[] Renamed =
    [
        ("ClusterSpec", "ExternalCloudControllerManager", "cloudControllerManager"),
        ("NodeTerminationHandlerSpec", "EnablePrometheusMetrics", "prometheusEnable"),
        ("NvidiaGPUConfig", "DevicePluginImage", "image"),
    ];

    /// <summary>The field that is meant; null when the type has no such.</summary>
    public static FieldSchema? Find(TypeSchema type, string name)
    {
        foreach (var row in Renamed)
        {
            if (row.Name == name && row.Type == type.Name)
                return type.Find(row.Field);
        }

        return type.Fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
