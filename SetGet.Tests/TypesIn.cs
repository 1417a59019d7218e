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
            used.AddRange(Mentioned(method, body));
        }

        return used.OfType<Type>().SelectMany(Parts).Distinct();
    }

    // Type<A, B>[] is Type, A and B.
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition()) : [type];
    }

    private static IEnumerable<Type?> Mentioned(MethodBase method, MethodBody body)
    {
        var code = body.GetILAsByteArray()!;
        for (var at = 0; at < code.Length;)
        {
            var opcode = code[at] == 0xFE ? Codes[unchecked((short)(0xFE00 | code[at + 1]))] : Codes[code[at]];
            at += opcode.Size;
            if (opcode.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                var member = Resolve(method, BitConverter.ToInt32(code, at));
                yield return member as Type ?? member?.DeclaringType;
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
