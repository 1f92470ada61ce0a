using System.Text.Json;

namespace Kops.Api.Validation;

/// <summary>IAM: policies of roles and of service accounts.</summary>
internal static class IamRules
{
    // The names of roles in policies, "master" as well as its newer name.
    private static readonly string[] Roles = ["master", "control-plane", "node", "bastion", "apiserver"];

    public static void Check(ClusterContext cluster)
    {
        var (spec, iam) = (cluster.Spec, cluster.Spec["iam"]);
        iam["legacy"].FailIf(iam["legacy"].IsTrue, "is no longer supported: set it to false");
        foreach (var (role, policy) in spec["additionalPolicies"].Entries)
        {
            Role(policy, role);
            Policy(policy);
        }

        foreach (var (role, policies) in spec["externalPolicies"].Entries)
        {
            Role(policies, role);
            foreach (var policy in policies.Items)
                policy.FailIf(
                    !AwsRules.IsArn(policy.Text, "policy/"),
                    $"'{policy.Text}' is not the ARN of a policy, such as arn:aws:iam::123456789012:policy/example"
                );
        }

        ServiceAccounts(iam["serviceAccountExternalPermissions"]);
        var aws = spec["authentication"]["aws"];
        aws["backendMode"]
            .FailIf(
                aws["identityMappings"].Count > 0 && aws["backendMode"].Text?.Contains("CRD", StringComparison.Ordinal) != true,
                "must hold CRD when identityMappings are set"
            );
        foreach (var arn in aws["identityMappings"].Items.Select(mapping => mapping["arn"]))
            arn.FailIf(
                !AwsRules.IsArn(arn.Text, string.Empty),
                $"'{arn.Text}' is not an ARN, such as arn:aws:iam::123456789012:role/example"
            );
    }

    private static void Role(Field field, string role) => field.FailIf(!Roles.Contains(role), Field.Unsupported(role, Roles));

    private static void Policy(Field policy)
    {
        try
        {
            using var json = JsonDocument.Parse(policy.Text ?? string.Empty);
            if (json.RootElement.ValueKind != JsonValueKind.Array)
            {
                policy.Fail("must be a JSON list of IAM statements");
                return;
            }

            foreach (var statement in json.RootElement.EnumerateArray())
            {
                var isFit =
                    statement.ValueKind == JsonValueKind.Object
                    && statement.TryGetProperty("Effect", out var effect)
                    && effect.ValueKind == JsonValueKind.String
                    && effect.GetString() is "Allow" or "Deny";
                policy.FailIf(!isFit, "has a statement whose Effect is neither Allow nor Deny");
            }
        }
        catch (JsonException)
        {
            policy.Fail("must be a JSON list of IAM statements");
        }
    }

    private static void ServiceAccounts(Field accounts)
    {
        var seen = new HashSet<(string?, string?)>();
        foreach (var account in accounts.Items)
        {
            account["namespace"].Require("name the service account's namespace");
            account["name"].Require("name the service account");
            account.FailIf(
                !seen.Add((account["namespace"].Text, account["name"].Text)),
                "another entry is for the same service account: merge them"
            );
            var (aws, hasInline, hasArns) = (
                account["aws"],
                account["aws"]["inlinePolicy"].Text is not null,
                account["aws"]["policyARNs"].Count > 0
            );
            aws.FailIf(!aws.IsSet || (!hasInline && !hasArns), "needs inlinePolicy or policyARNs");
            aws.FailIf(hasInline && hasArns, "can have inlinePolicy or policyARNs, not both");
        }
    }
}
