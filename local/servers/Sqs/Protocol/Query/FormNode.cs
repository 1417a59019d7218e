using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sqs.Protocol.Query;

/// <summary>
/// The parameters of a form as the tree that their names describe: <c>Entry.2.Id=x</c> is the child <c>Id</c> of the child
/// <c>2</c> of the child <c>Entry</c>. Values are bytes, as they were sent, with percent escapes and plus signs decoded.
/// </summary>
internal sealed class FormNode
{
    private const int MaximumParameters = 4096;
    private const int MaximumDepth = 8;
    private Dictionary<string, FormNode>? _children;

    public byte[]? Value { get; private set; }

    public FormNode? this[string name] => _children?.GetValueOrDefault(name);

    public static FormNode Parse(ReadOnlySpan<byte> form)
    {
        var root = new FormNode();
        root.Add(form);
        return root;
    }

    /// <summary>Adds the parameters of another form: SQS takes them from the query string and the body alike.</summary>
    public void Add(ReadOnlySpan<byte> form)
    {
        var count = 0;
        foreach (var range in form.Split((byte)'&'))
        {
            var pair = form[range];
            if (pair.IsEmpty) continue;
            if (++count > MaximumParameters)
                throw new SqsException(SqsError.Serialization, $"A request has at most {MaximumParameters} parameters.");
            var equals = pair.IndexOf((byte)'=');
            var name = Encoding.UTF8.GetString(Decode(equals < 0 ? pair : pair[..equals]));
            Find(name).Value = equals < 0 ? [] : Decode(pair[(equals + 1)..]);
        }
    }

    public string? Text(string name) => this[name]?.Value is { } value ? Encoding.UTF8.GetString(value) : null;

    /// <exception cref="SqsException">There is a value, and it is no integer.</exception>
    public int? Number(string name)
    {
        if (Text(name) is not { Length: > 0 } text) return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value : throw SqsException.Invalid(text, name, "Must be an integer.");
    }

    /// <summary>
    /// The items of a list (<c>NAME.1</c>, <c>NAME.2</c>, ...) in the order of their numbers, or the one item that is given without a
    /// number (<c>AttributeName=All</c>, <c>Attribute.Name=...</c>).
    /// </summary>
    public IEnumerable<FormNode> Items(string name)
    {
        if (this[name] is not { } list) return [];
        if (list._children is null) return [list];
        var numbered = list._children
            .Select(child => (IsNumber: int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number), number, child.Value))
            .Where(child => child.IsNumber).OrderBy(child => child.number).Select(child => child.Value).ToList();
        return numbered.Count > 0 ? numbered : [list];
    }

    /// <summary>The texts of a list.</summary>
    public IEnumerable<string> Texts(string name) =>
        Items(name).Where(item => item.Value is not null).Select(item => Encoding.UTF8.GetString(item.Value!));

    private FormNode Find(string name)
    {
        var node = this;
        foreach (var part in name.Split('.', MaximumDepth))
        {
            node._children ??= [];
            if (!node._children.TryGetValue(part, out var child)) node._children.Add(part, child = new FormNode());
            node = child;
        }

        return node;
    }

    private static byte[] Decode(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny((byte)'%', (byte)'+') < 0) return text.ToArray();
        var buffer = ArrayPool<byte>.Shared.Rent(text.Length);
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            byte value = text[i] == '+' ? (byte)' ' : text[i];
            if (value == '%' && i + 2 < text.Length && IsHex(text[i + 1]) && IsHex(text[i + 2]))
            {
                value = (byte)((HexValue(text[i + 1]) << 4) | HexValue(text[i + 2]));
                i += 2;
            }

            buffer[length++] = value;
        }

        var decoded = buffer.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        return decoded;
    }

    private static bool IsHex(byte digit) => char.IsAsciiHexDigit((char)digit);

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
