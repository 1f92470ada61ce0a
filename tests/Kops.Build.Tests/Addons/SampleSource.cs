using System.Text;
using Kops.Build.Addons.Sources;

namespace Kops.Build.Tests.Addons;

/// <summary>A source with templates of the tests' own.</summary>
internal static class SampleSource
{
    public const string Coredns = "coredns.addons.k8s.io/k8s-1.12.yaml";
    public const string Controller = "kops-controller.addons.k8s.io/k8s-1.16.yaml";

    public static AddonSource Of(params (string Path, string Text)[] files) =>
        new(files.Select(file => KeyValuePair.Create(file.Path, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(file.Text))));
}
