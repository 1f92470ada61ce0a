using System.Text;
using Kops.Api;
using Kops.Resources;
using Kops.Resources.Requests;

namespace Kops.Terraform.Tests.Clouds;

/// <summary>A cluster on Scaleway, whole: each kind of resource with each of its attributes, as kOps has them.</summary>
public sealed class Scaleway_is_written
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJlbDnrMtMYvWKRxjTzzV3x5nVZzU6iHzGGRXDFbBVRd";

    [Fact]
    public void Behind_a_load_balancer()
    {
        var cluster = Cluster();
        cluster.Spec.EnsureApi().EnsureLoadBalancer().Type = "Public";
        cluster.Spec.EnsureTopology().EnsureDns().Type = "None";
        cluster.Spec.CloudLabels["team"] = "a";

        Assert.Equal(
            """
            locals {
              cluster_name = "scw.example.com"
              region       = "fr-par"
              zone         = "fr-par-1"
            }

            output "cluster_name" {
              value = "scw.example.com"
            }

            output "region" {
              value = "fr-par"
            }

            output "zone" {
              value = "fr-par-1"
            }

            provider "scaleway" {
              region = "fr-par"
              zone   = "fr-par-1"
            }

            resource "scaleway_iam_ssh_key" "kubernetes-scw-example-com-d2_19_7f_86_c7_20_29_52_80_37_de_99_b4_a2_63_2d" {
              name       = "kubernetes.scw.example.com-d2:19:7f:86:c7:20:29:52:80:37:de:99:b4:a2:63:2d"
              public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJlbDnrMtMYvWKRxjTzzV3x5nVZzU6iHzGGRXDFbBVRd"
            }

            resource "scaleway_instance_ip" "control-plane-0" {
              tags = ["noprefix=kops.k8s.io/cluster=scw.example.com"]
            }

            resource "scaleway_instance_ip" "nodes-0" {
              tags = ["noprefix=kops.k8s.io/cluster=scw.example.com"]
            }

            resource "scaleway_instance_server" "control-plane-0" {
              enable_dynamic_ip = true
              image             = "ubuntu_noble"
              ip_id             = scaleway_instance_ip.control-plane-0.id
              lifecycle {
                ignore_changes = [additional_volume_ids]
              }
              name                   = "control-plane-0"
              replace_on_type_change = false
              tags                   = [CLUSTER, "noprefix=kops.k8s.io/instance-group=control-plane", "team=a", ROLE]
              type                   = "DEV1-M"
              user_data = {
                "cloud-init" = file("${path.module}/data/scaleway_instance_server_control-plane-0_user_data")
              }
            }

            resource "scaleway_instance_server" "nodes-0" {
              enable_dynamic_ip      = true
              image                  = "ubuntu_noble"
              ip_id                  = scaleway_instance_ip.nodes-0.id
              name                   = "nodes-0"
              replace_on_type_change = false
              root_volume {
                boot       = true
                size_in_gb = 50
              }
              tags = [CLUSTER, "noprefix=kops.k8s.io/instance-group=nodes", "team=a"]
              type = "PRO2-XS"
              user_data = {
                "cloud-init" = file("${path.module}/data/scaleway_instance_server_nodes-0_user_data")
              }
            }

            resource "scaleway_instance_volume" "a-etcd-main-scw-example-com" {
              name       = "a.etcd-main.scw.example.com"
              size_in_gb = 20
              tags       = [CLUSTER, "noprefix=kops.k8s.io/etcd=main", ROLE, "noprefix=kops.k8s.io/instance-group=control-plane", "team=a"]
              type       = "b_ssd"
            }

            resource "scaleway_lb" "api-scw-example-com" {
              description = "Load-balancer for kops cluster scw.example.com"
              ip_id       = scaleway_lb_ip.api-scw-example-com.id
              name        = "api.scw.example.com"
              tags        = [CLUSTER, ROLE, "team=a"]
              type        = "LB-S"
            }

            resource "scaleway_lb_backend" "lb-backend-https" {
              forward_port     = 443
              forward_protocol = "tcp"
              lb_id            = scaleway_lb.api-scw-example-com.id
              name             = "lb-backend-https"
              proxy_protocol   = "unknown"
              server_ips       = [scaleway_instance_server.control-plane-0.private_ip]
            }

            resource "scaleway_lb_backend" "lb-backend-kops-controller" {
              forward_port     = 3988
              forward_protocol = "tcp"
              lb_id            = scaleway_lb.api-scw-example-com.id
              name             = "lb-backend-kops-controller"
              proxy_protocol   = "unknown"
              server_ips       = [scaleway_instance_server.control-plane-0.private_ip]
            }

            resource "scaleway_lb_frontend" "lb-frontend-https" {
              backend_id   = scaleway_lb_backend.lb-backend-https.id
              inbound_port = 443
              lb_id        = scaleway_lb.api-scw-example-com.id
              name         = "lb-frontend-https"
            }

            resource "scaleway_lb_frontend" "lb-frontend-kops-controller" {
              backend_id   = scaleway_lb_backend.lb-backend-kops-controller.id
              inbound_port = 3988
              lb_id        = scaleway_lb.api-scw-example-com.id
              name         = "lb-frontend-kops-controller"
            }

            resource "scaleway_lb_ip" "api-scw-example-com" {
            }

            terraform {
              required_version = ">= 0.15.0"
              required_providers {
                scaleway = {
                  "source"  = "scaleway/scaleway"
                  "version" = ">= 2.2.1"
                }
              }
            }

            """.Replace("CLUSTER", "\"noprefix=kops.k8s.io/cluster=scw.example.com\"", StringComparison.Ordinal).Replace(
                "ROLE",
                "\"noprefix=kops.k8s.io/role=ControlPlane\"",
                StringComparison.Ordinal
            ),
            Text(cluster)
        );
    }

    [Theory]
    [InlineData(false, "api.scw api.internal.scw kops-controller.internal.scw")]
    [InlineData(true, "api.internal.scw kops-controller.internal.scw")]
    public void A_name_in_DNS_waits_for_its_address_where_no_balancer_has_it(bool hasBalancer, string expected)
    {
        var cluster = Cluster();
        cluster.Spec.DnsZone = "example.com";
        if (hasBalancer)
            cluster.Spec.EnsureApi().EnsureLoadBalancer().Type = "Public";

        var records = ResourceModel.Build(Request(cluster)).Resources.Where(resource => resource.Kind.Name == "scaleway_domain_record");

        Assert.Equal(expected, string.Join(' ', records.Select(record => record.Name)));
        Assert.Contains(
            """
            resource "scaleway_domain_record" "kops-controller-internal-scw" {
              data     = "203.0.113.123"
              dns_zone = "example.com"
              lifecycle {
                ignore_changes = [data]
              }
              name = "kops-controller.internal.scw"
              ttl  = 60
              type = "A"
            }
            """,
            Text(cluster),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_load_balancer_within_is_refused_as_kOps_does()
    {
        var cluster = Cluster();
        cluster.Spec.EnsureApi().EnsureLoadBalancer().Type = "Internal";

        var failure = Assert.Throws<NotSupportedException>(() => Text(cluster));

        Assert.Equal("spec.api.loadBalancer.type: kOps has no Internal load balancer on Scaleway; use Public", failure.Message);
    }

    [Fact]
    public void Its_files_are_objects_of_the_same_provider()
    {
        var files = TerraformConfiguration.Write(
            ResourceModel.Build(
                Request(Cluster()) with
                {
                    Files = [new("kops-version.txt", "scw://state/scw.example.com/kops-version.txt", new byte[] { 1 })],
                }
            )
        );

        var text = Encoding.UTF8.GetString(files[0].Content.Span);
        Assert.Contains("resource \"scaleway_object\" \"kops-version-txt\" {", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("scaleway\" {").Length);
    }

    private static string Text(Cluster cluster) =>
        Encoding.UTF8.GetString(TerraformConfiguration.Write(ResourceModel.Build(Request(cluster)))[0].Content.Span);

    private static ResourceRequest Request(Cluster cluster) =>
        new(cluster, [Group("nodes", "Node", "PRO2-XS"), Group("control-plane", "Master", "DEV1-M")], new())
        {
            SshKeys = [Key + "\n"],
            BootScripts = new Dictionary<string, string> { ["nodes"] = "#!/bin/bash\n", ["control-plane"] = "#!/bin/bash\n" },
        };

    private static Cluster Cluster()
    {
        var cluster = new Cluster();
        cluster.Metadata.Name = "scw.example.com";
        cluster.Spec.CloudProvider = "scaleway";
        cluster.Spec.Subnets.Add(new() { Name = "fr-par-1", Zone = "fr-par-1" });
        var etcd = new EtcdClusterSpec { Name = "main" };
        etcd.EtcdMembers.Add(new() { Name = "a", InstanceGroup = "control-plane" });
        cluster.Spec.EtcdClusters.Add(etcd);
        return cluster;
    }

    private static InstanceGroup Group(string name, string role, string type)
    {
        var group = new InstanceGroup();
        group.Metadata.Name = name;
        (group.Spec.Role, group.Spec.MachineType, group.Spec.Image, group.Spec.MinSize) = (role, type, "ubuntu_noble", 1);
        group.Spec.Subnets.Set(["fr-par-1"]);
        return group;
    }
}
