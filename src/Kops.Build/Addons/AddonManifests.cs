using System.Text;
using Kops.Api;
using Kops.Build.Addons.Functions;
using Kops.Build.Addons.Objects;
using Kops.Build.Addons.Sources;
using Kops.Build.Addons.Spec;
using Kops.Build.Input;
using Kops.Templates;
using Kops.Templates.Execution;
using Kops.Templates.Faults;
using Kops.Templates.Values;

namespace Kops.Build.Addons;

/// <summary>Makes the manifests of addons from a source of kOps, to the byte as that version of kOps does.</summary>
internal sealed class AddonManifests
{
    private readonly TemplateOptions _options;
    private readonly Value _spec;
    private readonly AddonObjects _objects;

    private AddonManifests(BuildContext context)
    {
        _options = new() { Functions = AddonFunctions.Of(context), MissingKey = MissingKey.Zero };
        _spec = SpecValues.Cluster(context.Internal);
        _objects = new(context);
    }

    /// <summary>
    /// The manifests of all addons that the source has, by their place below <c>addons/</c>. One that cannot be made does not hide another
    /// that cannot.
    /// </summary>
    /// <exception cref="FormatException">Some cannot be made; each is named with the reason.</exception>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Of(BuildContext context)
    {
        if (context.Request.AddonSource is not { } source)
            return new Dictionary<string, ReadOnlyMemory<byte>>();
        var manifests = new AddonManifests(context);
        var made = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var failures = new List<string>();
        foreach (var addon in ClusterAddons.Of(context).Where(addon => addon.KnownBody is null))
        {
            if (source.Find(addon.Manifest) is not { } file)
                continue;
            try
            {
                made[addon.Manifest] = Encoding.UTF8.GetBytes(manifests.Make(addon, file));
            }
            catch (Exception failure) when (failure is TemplateException or InvalidObjectException or FormatException)
            {
                failures.Add($"addon {addon.Name}: {failure.Message}");
            }
        }

        return failures.Count == 0 ? made : throw new FormatException(string.Join('\n', failures));
    }

    /// <summary>Manifests that are there, with others in the place of some.</summary>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Over(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> found,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> made
    ) =>
        new Dictionary<string, ReadOnlyMemory<byte>>(found.Where(pair => !made.ContainsKey(pair.Key)).Concat(made), StringComparer.Ordinal);

    private string Make(Addon addon, AddonFile file)
    {
        var text = Encoding.UTF8.GetString(file.Content.Span);
        if (file.IsTemplate)
            text = Template.Parse(file.Path, text, _options).Execute(_spec);
        var objects = ManifestText.Read(text, file.Path).ToList();
        foreach (var value in objects)
            _objects.Finish(value, addon.Name, addon.Selector);
        return ManifestText.Write(objects);
    }
}
