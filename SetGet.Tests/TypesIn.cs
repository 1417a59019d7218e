using System.Reflection;
using System.Reflection.Emit;

namespace SetGet.Tests;

/// <summary>The types that a type uses: in its members' signatures, and in the code of its methods.</summary>
internal static class TypesIn
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields().Select(each => (OpCode)each.GetValue(null)!).ToDictionary(code => code.Value);

    public static IEnumerable<Type> All(Type type)
    {
        var members = type.GetMembers(Everything);
        var used = new List<Type?> { type.BaseType };
        used.AddRange(type.GetInterfaces());
        used.AddRange(members.OfType<FieldInfo>().Select(each => each.FieldType));
        foreach (var method in members.OfType<MethodBase>())
        {
            used.AddRange(method.GetParameters().Select(each => each.ParameterType));
            if (method is MethodInfo { ReturnType: var returned }) used.Add(returned);
            if (method.GetMethodBody() is not { } body) continue;
            used.AddRange(body.LocalVariables.Select(each => each.LocalType));
            used.AddRange(Mentioned(method, body).Select(member => member as Type ?? member?.DeclaringType));
        }

        return used.OfType<Type>().SelectMany(Parts).Distinct();
    }

    /// <summary>What a type's methods call, or only the one of this name; with what the compiler has made of them beside it.</summary>
    public static IEnumerable<MethodBase> Calls(Type type, string? method = null)
    {
        var made = type.GetNestedTypes(Everything).Where(nested => method is null || nested.Name.Contains($"<{method}>", StringComparison.Ordinal)).SelectMany(nested => nested.GetMembers(Everything));
        var own = type.GetMembers(Everything).Where(member => method is null || member.Name == method);
        return from each in own.Concat(made).OfType<MethodBase>()
               let body = each.GetMethodBody()
               where body is not null
               from called in Mentioned(each, body).OfType<MethodBase>()
               select called;
    }

    // Type<A, B>[] is Type, A and B.
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition()) : [type];
    }

    private static IEnumerable<MemberInfo?> Mentioned(MethodBase method, MethodBody body)
    {
        var code = body.GetILAsByteArray()!;
        for (var at = 0; at < code.Length;)
        {
            var opcode = code[at] == 0xFE ? Codes[unchecked((short)(0xFE00 | code[at + 1]))] : Codes[code[at]];
            at += opcode.Size;
            if (opcode.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return Resolve(method, BitConverter.ToInt32(code, at));
            }

            at += OperandSize(opcode, code, at);
        }
    }

    private static MemberInfo? Resolve(MethodBase method, int token)
    {
        var type = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, type, method.IsGenericMethod ? method.GetGenericArguments() : null);
    }

    private static int OperandSize(OpCode opcode, byte[] code, int at) => opcode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
