using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Kops.Architecture.Tests;

/// <summary>Writes the public surface of an assembly as text: a line for each type and member, sorted.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(Name, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append('\n');
            foreach (var line in type.GetMembers(Declared).Where(IsOffered).Select(Line).Distinct().Order(StringComparer.Ordinal))
                text.Append("  ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static bool IsOffered(MemberInfo member) =>
        member switch
        {
            MethodBase method => IsVisible(method)
                && (!method.IsSpecialName || method is ConstructorInfo || method.Name.StartsWith("op_", StringComparison.Ordinal)),
            PropertyInfo property => property.GetAccessors(true).Any(IsVisible),
            FieldInfo field => field.IsPublic || field.IsFamily,
            EventInfo => true,
            _ => false,
        } && !IsGenerated(member);

    // What the compiler adds to records and enums says nothing.
    private static bool IsGenerated(MemberInfo member) =>
        member.Name.Contains('<', StringComparison.Ordinal)
        || member.Name == "value__"
        || (member is MethodBase && member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Line(MemberInfo member) =>
        member switch
        {
            ConstructorInfo constructor => $"new({Parameters(constructor)})",
            MethodInfo method => $"{Static(method)}{method.Name}({Parameters(method)}): {Name(method.ReturnType)}",
            PropertyInfo property => $"{Static(property.GetAccessors(true)[0])}{property.Name}: {Name(property.PropertyType)}"
                + (property.SetMethod is { } setter && IsVisible(setter) ? " { get; set; }" : " { get; }"),
            FieldInfo field => $"{(field.IsStatic ? "static " : string.Empty)}{field.Name}: {Name(field.FieldType)}",
            _ => member.Name,
        };

    private static string Static(MethodBase method) => method.IsStatic ? "static " : string.Empty;

    private static string Parameters(MethodBase method) =>
        string.Join(
            ", ",
            method
                .GetParameters()
                .Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? "?" : string.Empty)}")
        );

    private static string Kind(Type type) =>
        type.IsInterface ? "interface"
        : type.IsEnum ? "enum"
        : type.IsValueType ? "struct"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsSealed ? "sealed class"
        : type.IsAbstract ? "abstract class"
        : "class";

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (type.IsByRef)
            return Name(type.GetElementType()!) + "&";
        if (!type.IsGenericType)
            return type.FullName ?? type.Name;
        var generic = type.GetGenericTypeDefinition().FullName!;
        return $"{generic[..generic.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
