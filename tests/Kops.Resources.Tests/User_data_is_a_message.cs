using System.Text;
using Kops.Api;
using Kops.Resources.Values;

namespace Kops.Resources.Tests;

/// <summary>With additional user data, a machine on AWS is told a MIME message, whose lines end as those of mails do.</summary>
public sealed class User_data_is_a_message
{
    private const string Script = "#!/bin/bash\n";

    [Fact]
    public void With_the_boot_script_first_and_the_users_parts_in_their_order()
    {
        var group = AwsCases.Group("nodes", "Node");
        group.Spec.AdditionalUserData.Add(Part("b.txt", "text/cloud-config", "b: 1\n"));
        group.Spec.AdditionalUserData.Add(Part("a.sh", "text/x-shellscript", "echo\n"));

        Assert.Equal(
            "Content-Type: multipart/mixed; boundary=\"MIMEBOUNDARY\"\r\nMIME-Version: 1.0\r\n\r\n"
                + Head("nodeup.sh", "text/x-shellscript")
                + Script
                + "\r\n"
                + Head("b.txt", "text/cloud-config")
                + "b: 1\n\r\n"
                + Head("a.sh", "text/x-shellscript")
                + "echo\n\r\n--MIMEBOUNDARY--\r\n",
            UserData(group, Script)
        );
    }

    [Fact]
    public void Without_a_boot_script_for_a_bastion()
    {
        var group = AwsCases.Group("bastions", "Bastion");
        group.Spec.AdditionalUserData.Add(Part("a.sh", "text/x-shellscript", "echo\n"));

        var text = UserData(group, null)!;

        Assert.DoesNotContain("nodeup.sh", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("--MIMEBOUNDARY\r\n").Length - 1);
    }

    [Fact]
    public void But_a_script_alone_is_the_script() => Assert.Equal(Script, UserData(AwsCases.Group("nodes", "Node"), Script));

    private static string Head(string name, string type) =>
        $"--MIMEBOUNDARY\r\nContent-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: 7bit\r\n"
        + $"Content-Type: {type}\r\nMime-Version: 1.0\r\n\r\n";

    private static UserData Part(string name, string type, string content) =>
        new()
        {
            Name = name,
            Type = type,
            Content = content,
        };

    private static string? UserData(InstanceGroup group, string? script)
    {
        var request = AwsCases.Request(AwsCases.Cluster());
        var scripts = new Dictionary<string, string>();
        if (script is not null)
            scripts[group.Metadata.Name!] = script;
        var template = ResourceModel
            .Build(
                request with
                {
                    Groups = [.. request.Groups.Where(other => other.Metadata.Name != group.Metadata.Name), group],
                    BootScripts = scripts,
                }
            )
            .Resources.Single(resource =>
                resource.Kind.Name == "aws_launch_template" && resource.Name.StartsWith(group.Metadata.Name!, StringComparison.Ordinal)
            );
        return template.Attributes.TryGetValue("user_data", out var data) ? Encoding.UTF8.GetString(((DataFile)data).Content.Span) : null;
    }
}
