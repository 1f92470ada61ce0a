using System.Text;
using Kops.Resources.Values;

namespace Kops.Terraform.Tests;

/// <summary>How resources look as HCL: each rule of kOps' writer, and where ours is safer.</summary>
public sealed class Configurations_are_written
{
    private static readonly ResourceKind Thing = new("cloud_thing");
    private static readonly ResourceKind Net = new("cloud_net") { IsLookedUp = true };

    [Fact]
    public void Attributes_stand_in_the_order_of_their_names_with_equals_signs_below_each_other() =>
        Check(
            new Block
            {
                ["name"] = "n",
                ["zone_of_it"] = 3,
                ["a"] = true,
            },
            """
              a          = true
              name       = "n"
              zone_of_it = 3
            """
        );

    [Fact]
    public void A_block_ends_a_run_of_equals_signs() =>
        Check(
            new Block
            {
                ["a"] = 1,
                ["longer"] = 2,
                ["m"] = new Block { ["x"] = 1, ["longest_of_all"] = 2 },
                ["zz"] = 3,
                ["z"] = 4,
            },
            """
              a      = 1
              longer = 2
              m {
                longest_of_all = 2
                x              = 1
              }
              z  = 4
              zz = 3
            """
        );

    [Fact]
    public void A_list_of_blocks_is_the_block_several_times() =>
        Check(
            new Block { ["rule"] = Value.List(new Block { ["port"] = 1 }, new Block { ["port"] = 2 }) },
            """
              rule {
                port = 1
              }
              rule {
                port = 2
              }
            """
        );

    [Fact]
    public void A_list_of_values_takes_one_line() =>
        Check(
            new Block { ["ids"] = Value.List(new TextValue("b"), new NumberValue(1), new TextValue("a")) },
            """
              ids = ["b", 1, "a"]
            """
        );

    [Fact]
    public void A_set_is_written_in_order_and_without_what_is_there_twice() =>
        Check(
            new Block { ["ids"] = Value.Set(Thing.Of("self"), new TextValue("b"), new TextValue("a"), new TextValue("b")) },
            """
              ids = ["a", "b", cloud_thing.self.id]
            """
        );

    [Fact]
    public void What_is_not_there_is_not_written_but_zero_and_false_are() =>
        Check(
            new Block
            {
                ["absent"] = (string?)null,
                ["empty"] = Value.List(Array.Empty<string>()),
                ["no_tags"] = MapValue.Of([]),
                ["none"] = (long?)null,
                ["off"] = false,
                ["text"] = string.Empty,
                ["zero"] = 0,
            },
            """
              off  = false
              text = ""
              zero = 0
            """
        );

    [Fact]
    public void A_map_has_quoted_names_in_order_padded_to_the_longest_and_ends_a_run() =>
        Check(
            new Block
            {
                ["a"] = 1,
                ["tags"] = MapValue.Of([new("k8s.io/role", "1"), new("Name", "n"), new("a\"b", "c")]),
                ["z"] = 2,
            },
            """
              a = 1
              tags = {
                "Name"        = "n"
                "a\"b"        = "c"
                "k8s.io/role" = "1"
              }
              z = 2
            """
        );

    [Fact]
    public void A_reference_is_the_kind_the_clean_name_and_the_property() =>
        Check(
            new Block { ["other"] = Thing.Of("self", "arn") },
            """
              other = cloud_thing.self.arn
            """
        );

    [Theory]
    [InlineData("a.b/c:d", "a-b--c_d")]
    [InlineData("1.example.com", "prefix_1-example-com")]
    [InlineData("::/0", "__--0")]
    [InlineData("plain_name-1", "plain_name-1")]
    [InlineData("a b*c@d", "a_b_c_d")]
    public void Names_are_made_of_what_Terraform_allows(string name, string expected) =>
        Assert.Contains($"resource \"cloud_thing\" \"{expected}\" {{", Text(new Resource(Thing, name, new())), StringComparison.Ordinal);

    [Fact]
    public void What_would_break_the_file_is_escaped_and_nothing_else() =>
        Check(
            new Block { ["a"] = "say \"hi\" \\ there\nand ${var.x} ü" },
            """
              a = "say \"hi\" \\ there\nand ${var.x} ü"
            """
        );

    [Theory]
    [InlineData("${var.team}")]
    [InlineData("a ${local.x} b ${aws_vpc.c.id} ${upper(var.x)}")]
    [InlineData("$${said.already} %%{too}")]
    [InlineData("{a: 1} $ % $x {")]
    public void What_Terraform_can_work_out_or_reads_as_it_is_stays(string text) => Check(new Block { ["a"] = text }, $"  a = \"{text}\"");

    [Theory]
    [InlineData("${ENV}", "$${ENV}")]
    [InlineData("cost%{if}", "cost%%{if}")]
    [InlineData("${var.team", "$${var.team")]
    [InlineData("${", "$${")]
    [InlineData("a$${b ${c}", "a$${b $${c}")]
    public void What_it_could_not_is_a_text(string text, string expected) =>
        Check(
            new Block { ["a"] = text, ["tags"] = MapValue.Of([new(text, text)]) },
            $"  a = \"{expected}\"\n  tags = {{\n    \"{expected}\" = \"{expected}\"\n  }}"
        );

    [Fact]
    public void Two_resources_of_one_kind_with_the_same_clean_name_are_an_error()
    {
        var failure = Assert.Throws<FormatException>(() => Text(new Resource(Thing, "a.b", new()), new Resource(Thing, "a-b", new())));

        Assert.Equal(
            "two resources are called cloud_thing.a-b: 'a.b' and 'a-b', which are one name to Terraform; "
                + "rename what one of them belongs to",
            failure.Message
        );
    }

    [Fact]
    public void A_reference_to_what_is_not_there_is_an_error()
    {
        var failure = Assert.Throws<FormatException>(() => Text(new Resource(Thing, "self", new() { ["x"] = Net.Of("gone") })));

        Assert.Equal("there is no cloud_net 'gone' to refer to", failure.Message);
    }

    [Fact]
    public void A_shared_resource_is_not_written_and_its_id_stands_where_it_is_referred_to() =>
        Assert.Equal(
            """
            resource "cloud_net" "n" {
              thing = "id-1"
            }

            """,
            Resources(Resource.Shared(Thing, "mine", "id-1"), new Resource(Net, "n", new() { ["thing"] = Thing.Of("mine") }))
        );

    [Fact]
    public void A_shared_resource_of_which_more_is_needed_is_looked_up_after_all_others() =>
        Assert.Equal(
            """
            resource "cloud_thing" "t" {
              net   = "net-1"
              range = data.cloud_net.n.range
            }

            data "cloud_net" "n" {
              id = "net-1"
            }

            """,
            Resources(
                Resource.Shared(Net, "n", "net-1"),
                new Resource(Thing, "t", new() { ["net"] = Net.Of("n"), ["range"] = Net.Of("n", "range") })
            )
        );

    [Fact]
    public void Resources_are_in_the_order_of_kind_and_clean_name() =>
        Assert.Equal(
            ["cloud_net.b", "cloud_thing.Z", "cloud_thing.a-1", "cloud_thing.a-b", "cloud_thing.a_b"],
            Text(
                    new Resource(Thing, "a_b", new()),
                    new Resource(Thing, "a.b", new()),
                    new Resource(Net, "b", new()),
                    new Resource(Thing, "Z", new()),
                    new Resource(Thing, "a-1", new())
                )
                .Split('\n')
                .Where(line => line.StartsWith("resource", StringComparison.Ordinal))
                .Select(line => line.Split('"'))
                .Select(words => $"{words[1]}.{words[3]}")
        );

    [Fact]
    public void A_long_text_lies_in_a_file_that_is_called_by_the_name_as_it_is()
    {
        var files = Write(
            new Resource(Thing, "1.a", new() { ["policy_of_it"] = new DataFile("policy", "{}") }),
            new Resource(Thing, "b", new() { ["start"] = new DataFile("user_data", "#!", FileEncoding.Base64) }),
            new Resource(Thing, "c", new() { ["source"] = new DataFile("source", "text", FileEncoding.Path) })
        );

        Assert.Equal(
            ["kubernetes.tf", "data/cloud_thing_b_user_data", "data/cloud_thing_c_source", "data/cloud_thing_1.a_policy"],
            files.Select(file => file.Path)
        );
        Assert.Equal("{}", Encoding.UTF8.GetString(files[3].Content.Span));
        var text = Encoding.UTF8.GetString(files[0].Content.Span);
        Assert.Contains("  policy_of_it = file(\"${path.module}/data/cloud_thing_1.a_policy\")\n", text, StringComparison.Ordinal);
        Assert.Contains("  start = filebase64(\"${path.module}/data/cloud_thing_b_user_data\")\n", text, StringComparison.Ordinal);
        Assert.Contains("  source = \"${path.module}/data/cloud_thing_c_source\"\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_begins_with_what_is_told_and_ends_with_what_it_needs()
    {
        var resources = new CloudResources(
            [
                new("aws", Block.Of([new("region", "r")])),
                new("aws", Block.Of([new("region", "s"), new("profile", "p")]), "files"),
                new("google", new()),
            ],
            [new Resource(new("aws_object"), "o", new() { ["key"] = "k" }) { ProviderAlias = "files" }],
            [new("vpc_id", new TextValue("v")), new("length", new Expression("local.x == \"\" ? null : 1"))]
        );

        Assert.Equal(
            """
            locals {
              length = local.x == "" ? null : 1
              vpc_id = "v"
            }

            output "length" {
              value = local.x == "" ? null : 1
            }

            output "vpc_id" {
              value = "v"
            }

            provider "aws" {
              region = "r"
            }

            provider "google" {
            }

            provider "aws" {
              alias   = "files"
              profile = "p"
              region  = "s"
            }

            resource "aws_object" "o" {
              key      = "k"
              provider = aws.files
            }

            terraform {
              required_version = ">= 0.15.0"
              required_providers {
                aws = {
                  "configuration_aliases" = [aws.files]
                  "source"                = "hashicorp/aws"
                  "version"               = ">= 5.0.0"
                }
                google = {
                  "source"  = "hashicorp/google"
                  "version" = ">= 5.11.0"
                }
              }
            }

            """,
            Encoding.UTF8.GetString(TerraformConfiguration.Write(resources)[0].Content.Span)
        );
    }

    private static void Check(Block attributes, string expected) =>
        Assert.Equal($"resource \"cloud_thing\" \"self\" {{\n{expected}\n}}\n", Resources(new Resource(Thing, "self", attributes)));

    private static IReadOnlyList<TerraformFile> Write(params Resource[] resources) =>
        TerraformConfiguration.Write(new([new("aws", new())], resources, []));

    private static string Text(params Resource[] resources) => Encoding.UTF8.GetString(Write(resources)[0].Content.Span);

    // Without what surrounds them.
    private static string Resources(params Resource[] resources)
    {
        var text = Text(resources);
        return text["provider \"aws\" {\n}\n\n".Length..text.IndexOf("\nterraform {", StringComparison.Ordinal)];
    }
}
