using System.Text.Json.Nodes;
using Kops.Resources.Values;

namespace Kops.Terraform.Tests;

/// <summary>How resources look in Terraform's JSON.</summary>
public sealed class The_JSON_says_the_same
{
    private static readonly ResourceKind Thing = new("cloud_thing");
    private static readonly ResourceKind Net = new("cloud_net") { IsLookedUp = true };

    [Fact]
    public void With_what_is_worked_out_as_templates_and_names_as_they_are()
    {
        var files = TerraformConfiguration.Write(
            new(
                [new("aws", Block.Of([new("region", "r")])), new("aws", Block.Of([new("region", "s")]), "files")],
                [
                    Resource.Shared(Net, "n", "net-1"),
                    new Resource(
                        Thing,
                        "a.b",
                        new()
                        {
                            ["count"] = 3,
                            ["ids"] = Value.Set(Thing.Of("a.b"), new TextValue("b"), new TextValue("a"), new TextValue("b")),
                            ["lifecycle"] = new Block { ["ignore_changes"] = Value.List(new Expression("size")) },
                            ["net"] = Net.Of("n"),
                            ["on"] = true,
                            ["range"] = Net.Of("n", "range"),
                            ["rule"] = Value.List(new Block { ["port"] = 1 }, new Block()),
                            ["tags"] = MapValue.Of([new("${ENV}", "say \"hi\" ${ENV} ${var.x}")]),
                            ["text"] = new DataFile("text", "long"),
                        }
                    )
                    {
                        ProviderAlias = "files",
                    },
                ],
                [new("id", Thing.Of("a.b")), new("name", new TextValue("n"))]
            ),
            TerraformSyntax.Json
        );

        Assert.Equal(["kubernetes.tf.json", "data/cloud_thing_a.b_text"], files.Select(file => file.Path));
        var expected = JsonNode.Parse(
            """
            {
              "locals": { "id": "${cloud_thing.a-b.id}", "name": "n" },
              "output": { "id": { "value": "${cloud_thing.a-b.id}" }, "name": { "value": "n" } },
              "provider": { "aws": [{ "region": "r" }, { "alias": "files", "region": "s" }] },
              "resource": {
                "cloud_thing": {
                  "a-b": {
                    "count": 3,
                    "ids": ["a", "b", "${cloud_thing.a-b.id}"],
                    "lifecycle": { "ignore_changes": ["size"] },
                    "net": "net-1",
                    "on": true,
                    "provider": "cloud.files",
                    "range": "${data.cloud_net.n.range}",
                    "rule": [{ "port": 1 }, {}],
                    "tags": { "$${ENV}": "say \"hi\" $${ENV} ${var.x}" },
                    "text": "${file(\"${path.module}/data/cloud_thing_a.b_text\")}"
                  }
                }
              },
              "data": { "cloud_net": { "n": { "id": "net-1" } } },
              "terraform": {
                "required_version": ">= 0.15.0",
                "required_providers": {
                  "aws": { "source": "hashicorp/aws", "version": ">= 5.0.0", "configuration_aliases": ["aws.files"] }
                }
              }
            }
            """
        );
        Assert.Equal(expected!.ToJsonString(), JsonNode.Parse(files[0].Content.Span)!.ToJsonString());
    }
}
