using Kops.Api.Documents;

namespace Kops.Api.Versions;

/// <summary>The role <c>Master</c> became <c>ControlPlane</c>: one role, or a list of them.</summary>
internal sealed class RoleName : ValueRule
{
    private const string Stored = "Master";
    private const string Later = "ControlPlane";

    public override Node ToLater(Node value, ValueReport report) => Replace(value, Stored, Later);

    public override Node ToStored(Node value, ValueReport report) => Replace(value, Later, Stored);

    private static Node Replace(Node value, string from, string to)
    {
        switch (value)
        {
            case ScalarNode role when role.Text == from:
                return new ScalarNode(ScalarKind.Text, to) { Position = role.Position };
            case SequenceNode roles:
                for (var i = 0; i < roles.Count; i++)
                    roles[i] = Replace(roles[i], from, to);
                return roles;
            default:
                return value;
        }
    }
}
