using Kops.Build.Input;
using Kops.Model.Clouds;

namespace Kops.Build.Addons;

/// <summary>What manifests of addons follow from, and the cloud alone knows.</summary>
public static class AddonQuestions
{
    /// <summary>The questions that are open; null when there are none, or the cloud cannot be asked.</summary>
    public static CloudQuestions? Of(BuildRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var context = new BuildContext(request);
        if (request.AddonSource is null || !context.Cloud.CanBeAsked || context.Region is not { } region)
            return null;
        var questions = new CloudQuestions(context.Cloud.Name, region)
        {
            AsksForAccount = request.Facts.Project is null && NeedsAccount(context),
            Images = context.Spec.Karpenter?.Enabled == true ? [.. Images(context)] : [],
        };
        return questions.IsEmpty ? null : questions;
    }

    // Queues and roles have the account in their names.
    private static bool NeedsAccount(BuildContext context) =>
        context.UsesServiceAccountRoles
        || (
            context.Spec.NodeTerminationHandler is { Enabled: true } handler
            && handler.EnableSQSTerminationDraining != false
            && context.Cloud.Name == "aws"
        );

    private static IEnumerable<string> Images(BuildContext context) =>
        context
            .Request.Groups.Where(group => group.Spec.Manager == "Karpenter")
            .Select(group => group.Spec.Image)
            .OfType<string>()
            .Distinct()
            .Where(image => !context.Request.Facts.Images.ContainsKey(image));
}
