using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace Kops.Architecture.Tests;

/// <summary>No static state: what changes is built in the composition root and handed in.</summary>
public sealed class StaticStateTests
{
    // What is true of the process itself, however many stores it has open: which records it carries out.
    private static readonly string[] OfTheProcess = ["Kops.StateStore.Changes.Journal.LeaseRules.Held"];

    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Theory]
    [MemberData(nameof(FloorTests.Projects), MemberType = typeof(FloorTests))]
    public void Static_fields_never_change(string project) =>
        Assert.Empty(Repository.Assembly(project).GetTypes().Where(type => !IsGenerated(type)).SelectMany(Changing));

    [Fact]
    public void Those_that_can_are_found() =>
        Assert.Equal(
            ["<Property>k__BackingField", "Shared", "_field"],
            Changing(typeof(Example)).Select(field => field.Name).Order(StringComparer.Ordinal)
        );

    private static IEnumerable<FieldInfo> Changing(Type type) =>
        from field in type.GetFields(Static)
        where !field.IsLiteral
        where IsSetter(type, field) || !field.IsDefined(typeof(CompilerGeneratedAttribute))
        where !field.IsInitOnly || IsShared(field.FieldType)
        where !OfTheProcess.Contains($"{type.FullName}.{field.Name}", StringComparer.Ordinal)
        select field;

    // A property that can be set keeps its value in a field that the compiler made.
    private static bool IsSetter(Type type, FieldInfo field) =>
        field.Name.StartsWith('<')
        && type.GetProperties(Static).Any(property => property.CanWrite && field.Name == $"<{property.Name}>k__BackingField");

    // Made to be changed by several at once.
    private static bool IsShared(Type type) =>
        type.Namespace is "System.Collections.Concurrent" || type.Name.StartsWith("ConditionalWeakTable", StringComparison.Ordinal);

    private static bool IsGenerated(Type type) =>
        type.Name.StartsWith('<')
        || type.IsDefined(typeof(CompilerGeneratedAttribute))
        || type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute))
        || (type.DeclaringType is { } around && IsGenerated(around));

    private static class Example
    {
        public const int Constant = 1;
        public static readonly System.Collections.Concurrent.ConcurrentDictionary<int, int> Shared = [];
        private static int _field;

        public static int Table { get; } = 1;

        public static int Property { get; set; }

        public static int Next() => _field++;
    }
}
