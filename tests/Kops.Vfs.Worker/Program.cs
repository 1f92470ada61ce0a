// A second process for tests of the file store: races with it, or is killed in the middle of its work.
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Kops.Vfs;
using Kops.Vfs.Files;

await using var registry = new StoreRegistry().AddStandardStores(TimeProvider.System, Environment.CurrentDirectory);
var root = registry.Resolve(args[1]);
Console.WriteLine("ready");
switch (args[0])
{
    case "add-lines": // ROOT WRITER COUNT
        Console.ReadLine();
        for (var i = 0; i < int.Parse(args[3], CultureInfo.InvariantCulture); i++)
        {
            var line = $"{args[2]}.{i}\n";
            await root.Join("counter").UpdateAsync(old => Encoding.UTF8.GetBytes(old?.Text + line), 1000);
        }

        return 0;

    case "create": // ROOT COUNT: says for each of the keys whether it won
        Console.ReadLine();
        for (var i = 0; i < int.Parse(args[2], CultureInfo.InvariantCulture); i++)
        {
            var outcome = await root.Join("race", i.ToString(CultureInfo.InvariantCulture))
                .WriteTextAsync($"{Environment.ProcessId}", WriteCondition.IfAbsent);
            Console.WriteLine(outcome.Result);
        }

        return 0;

    case "write-forever": // ROOT: content N is the number N many times over; says N when it is written
        for (var i = 0; ; i++)
        {
            var line = i.ToString("d8", CultureInfo.InvariantCulture);
            await root.Join("dir", "object").WriteTextAsync(string.Concat(Enumerable.Repeat(line, 5000)), WriteCondition.Any);
            Console.WriteLine(line);
        }

    case "as-nobody": // ROOT VERB: what a user without rights is told
        _ = User.Set(65534);
        try
        {
            if (args[2] == "list")
                await foreach (var entry in root.ListTreeAsync())
                    Console.WriteLine(entry.Path);
            if (args[2] == "children")
                await foreach (var entry in root.ListAsync())
                    Console.WriteLine(entry.Path);
            if (args[2] == "read")
                Console.WriteLine((await root.Join("dir", "object").ReadAsync())?.Text);
            if (args[2] == "write")
                Console.WriteLine((await root.Join("dir", "object").WriteTextAsync("x", WriteCondition.Any)).Result);
        }
        catch (StoreException e)
        {
            Console.WriteLine($"{e.Kind}: {e.Message}");
        }

        return 0;

    default:
        return 2;
}

internal static partial class User
{
    [LibraryImport("libc", EntryPoint = "setuid", SetLastError = true)]
    internal static partial int Set(uint id);
}
