using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Kops.Architecture.Tests.Folders;

/// <summary>
/// Which types of its own assembly a type uses: in what it derives from, in signatures, attributes and bodies of methods. Read from what
/// the compiler wrote, so that a name in a comment counts for nothing; a constant, which the compiler copies, does not count either.
/// </summary>
internal static class TypeUses
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value, code => code.OperandType);

    /// <summary>What each type that people wrote uses; nested types count as the one around them.</summary>
    public static IEnumerable<(Type User, Type Used)> Of(Assembly assembly) =>
        from type in assembly.GetTypes()
        let user = Outermost(type)
        where IsWritten(user)
        from used in Mentioned(type).SelectMany(Parts).Select(Outermost).Distinct()
        where used.Assembly == assembly && used != user && IsWritten(used)
        select (user, used);

    private static bool IsWritten(Type type) => type.Namespace is not null && !type.IsDefined(typeof(CompilerGeneratedAttribute), false);

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } around)
            type = around;
        return type;
    }

    /// <summary>The types that the name of a type is made of: elements of arrays, arguments of generic types.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        if (type.IsGenericParameter)
            return [];
        return type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)] : [type];
    }

    private static IEnumerable<Type> Mentioned(Type type) =>
        [
            .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
            .. type.GetInterfaces(),
            .. type.GetGenericArguments().SelectMany(Constraints),
            .. Attributes(type),
            .. type.GetMembers(Declared).SelectMany(OfMember),
        ];

    private static IEnumerable<Type> OfMember(MemberInfo member) =>
        [
            .. Attributes(member),
            .. member switch
            {
                FieldInfo field => [field.FieldType],
                PropertyInfo property => [property.PropertyType],
                EventInfo { EventHandlerType: { } handler } => [handler],
                MethodBase method => OfMethod(method),
                _ => [],
            },
        ];

    private static IEnumerable<Type> OfMethod(MethodBase method) =>
        [
            .. Signature(method),
            .. method.IsGenericMethod ? method.GetGenericArguments().SelectMany(Constraints) : [],
            .. method.GetMethodBody() is { } body
                ? body
                    .LocalVariables.Select(local => local.LocalType)
                    .Concat(body.ExceptionHandlingClauses.Where(IsCatch).Select(clause => clause.CatchType!))
                    .Concat(Tokens(body.GetILAsByteArray()!).SelectMany(token => OfToken(method, token)))
                : [],
        ];

    private static IEnumerable<Type> Signature(MethodBase method) =>
        [
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method is MethodInfo { ReturnType: var returned } ? [returned] : Type.EmptyTypes,
        ];

    private static bool IsCatch(ExceptionHandlingClause clause) => clause is { Flags: ExceptionHandlingClauseOptions.Clause };

    private static IEnumerable<Type> Constraints(Type argument) =>
        argument.IsGenericParameter ? argument.GetGenericParameterConstraints() : [argument];

    private static IEnumerable<Type> Attributes(MemberInfo member) =>
        member
            .GetCustomAttributesData()
            .SelectMany(data => data.ConstructorArguments.Select(given => given.Value as Type).Append(data.AttributeType))
            .OfType<Type>();

    private static IEnumerable<Type> OfToken(MethodBase method, int token)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        var member = method.Module.ResolveMember(token, ofType, ofMethod)!;
        return
        [
            .. member is Type named ? [named] : Type.EmptyTypes,
            .. member.DeclaringType is { } home ? [home] : Type.EmptyTypes,
            .. member switch
            {
                FieldInfo field => [field.FieldType],
                MethodInfo { IsGenericMethod: true } called => [.. Signature(called), .. called.GetGenericArguments()],
                MethodBase called => Signature(called),
                _ => [],
            },
        ];
    }

    /// <summary>The tokens of members and types in the body of a method (ECMA-335, partition III).</summary>
    private static IEnumerable<int> Tokens(byte[] body)
    {
        for (var at = 0; at < body.Length; )
        {
            var code = body[at] == 0xFE ? (short)(0xFE00 | body[at + 1]) : body[at];
            at += body[at] == 0xFE ? 2 : 1;
            var operand = Operands[code];
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return BitConverter.ToInt32(body, at);
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
                _ => 4,
            };
        }
    }
}
