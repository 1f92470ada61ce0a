namespace Kops.Bench.Templates;

/// <summary>One manifest of services, in the language of each engine, and the data for both.</summary>
internal static class Samples
{
    public const int Services = 200;

    public const string Go = """
        apiVersion: v1
        kind: List
        metadata:
          name: {{.name}}
        items:
        {{- range $i, $s := .services}}
        - kind: Service
          metadata:
            name: {{$s.name | upper}}
            labels:
            {{- range $key, $value := $s.labels}}
              {{$key}}: "{{$value}}"
            {{- end}}
          spec:
            index: {{$i}}
            port: {{$s.port}}
            {{- if eq $s.kind "web"}}
            type: LoadBalancer
            {{- else if and $s.internal (not $s.headless)}}
            type: ClusterIP
            {{- else}}
            type: NodePort
            {{- end}}
            hosts: {{join "," $s.hosts}}
            owner: {{$s.owner | default $.name}}
        {{- end}}

        """;

    public const string Scriban = """
        apiVersion: v1
        kind: List
        metadata:
          name: {{name}}
        items:
        {{- for s in services }}
        - kind: Service
          metadata:
            name: {{s.name | string.upcase}}
            labels:
            {{- for label in s.labels }}
              {{label.key}}: "{{label.value}}"
            {{- end }}
          spec:
            index: {{for.index}}
            port: {{s.port}}
            {{- if s.kind == "web" }}
            type: LoadBalancer
            {{- else if s.internal && !s.headless }}
            type: ClusterIP
            {{- else }}
            type: NodePort
            {{- end }}
            hosts: {{s.hosts | array.join ","}}
            owner: {{s.owner ?? name}}
        {{- end }}

        """;

    /// <summary>The services, as plain data that each engine is given in its own types.</summary>
    public static IEnumerable<Service> All() =>
        Enumerable
            .Range(0, Services)
            .Select(i => new Service(
                $"service-{i}",
                8000 + i,
                i % 3 == 0 ? "web" : "api",
                i % 2 == 0,
                i % 5 == 0,
                [.. Enumerable.Range(0, 4).Select(j => $"host-{i}-{j}.example.com")],
                i % 4 == 0 ? null : $"team-{i % 7}"
            ));

    public sealed record Service(string Name, int Port, string Kind, bool Internal, bool Headless, string[] Hosts, string? Owner)
    {
        public IEnumerable<(string Key, string Value)> Labels => [("app", Name), ("kind", Kind), ("tier", "backend"), ("zone", "a")];
    }
}
