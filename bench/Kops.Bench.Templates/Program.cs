using Kops.Bench.Templates;
using Kops.Templates;
using Kops.Templates.Functions;
using Kops.Templates.Values;
using Scriban;
using Scriban.Runtime;

// dotnet run -c Release --project bench/Kops.Bench.Templates
// Writes one manifest of 200 services with both engines, from data in each engine's own types, and compares processor time.
var options = new TemplateOptions { Functions = new FunctionTable().AddSprig() };
var ours = Kops.Templates.Template.Parse("bench", Samples.Go, options);
var peer = Scriban.Template.Parse(Samples.Scriban);
var ourData = OurData();
var peerData = PeerData();

var written = ours.Execute(ourData);
if (written != WithScriban())
{
    Console.Error.WriteLine("the two engines do not write the same: the comparison would mean nothing");
    return 1;
}

Console.WriteLine($"{Samples.Services} services, {written.Length} characters");
var ourTime = Measure.Print("execute", () => ours.Execute(ourData));
var peerTime = Measure.Print("  peer: Scriban", () => WithScriban());
Console.WriteLine($"  times as fast: {peerTime / ourTime:F1}");
ourTime = Measure.Print("parse", () => Kops.Templates.Template.Parse("bench", Samples.Go, options));
peerTime = Measure.Print("  peer: Scriban", () => Scriban.Template.Parse(Samples.Scriban));
Console.WriteLine($"  times as fast: {peerTime / ourTime:F1}");
return 0;

string WithScriban()
{
    var context = new TemplateContext { LoopLimit = 0 };
    context.PushGlobal(peerData);
    return peer.Render(context);
}

static Value OurData() =>
    new TemplateMap
    {
        ["name"] = "bench",
        ["services"] = new TemplateList(
            Samples
                .All()
                .Select(service =>
                {
                    var labels = new TemplateMap();
                    foreach (var (key, value) in service.Labels)
                        labels[key] = value;
                    return (Value)
                        new TemplateMap
                        {
                            ["name"] = service.Name,
                            ["port"] = service.Port,
                            ["kind"] = service.Kind,
                            ["internal"] = service.Internal,
                            ["headless"] = service.Headless,
                            ["hosts"] = new TemplateList(service.Hosts.Select(host => (Value)host), "string"),
                            ["owner"] = service.Owner,
                            ["labels"] = labels,
                        };
                })
        ),
    };

static ScriptObject PeerData() =>
    new()
    {
        ["name"] = "bench",
        ["services"] = new ScriptArray(
            Samples
                .All()
                .Select(service =>
                {
                    var labels = new ScriptObject();
                    foreach (var (key, value) in service.Labels)
                        labels[key] = value;
                    return (object)
                        new ScriptObject
                        {
                            ["name"] = service.Name,
                            ["port"] = service.Port,
                            ["kind"] = service.Kind,
                            ["internal"] = service.Internal,
                            ["headless"] = service.Headless,
                            ["hosts"] = new ScriptArray(service.Hosts),
                            ["owner"] = service.Owner,
                            ["labels"] = labels,
                        };
                })
        ),
    };
