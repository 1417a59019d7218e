using System.Globalization;
using System.Text;

namespace Sqs.Protocol;

/// <summary>What an operation answers: members, written in whichever form the caller's protocol has. Null where there are none.</summary>
internal delegate void SqsReply(ReplyWriter to);

/// <summary>A list or a map among the members of a reply.</summary>
/// <param name="Json">Its name in JSON.</param>
/// <param name="Xml">The name of an entry in XML.</param>
/// <param name="Key">For maps: what the key of an entry is called in XML.</param>
/// <param name="IsThereWhenEmpty">JSON leaves most of them out when they are empty.</param>
internal sealed record ReplyList(string Json, string Xml, string Key = "Name", bool IsThereWhenEmpty = false);

/// <summary>Writes the members of replies. There is one for each form that replies have.</summary>
internal abstract class ReplyWriter
{
    public abstract void Text(string name, string value);

    public virtual void Text(string name, ReadOnlySpan<byte> utf8) => Text(name, Encoding.UTF8.GetString(utf8));

    public virtual void Bytes(string name, byte[] value) => Text(name, Convert.ToBase64String(value));

    public virtual void Number(string name, long value) => Text(name, value.ToString(CultureInfo.InvariantCulture));

    public virtual void Truth(string name, bool value) => Text(name, value ? "true" : "false");

    /// <summary>A list of objects.</summary>
    public abstract void Objects<T>(ReplyList list, IReadOnlyCollection<T> items, Action<T> write);

    public abstract void Texts(ReplyList list, IReadOnlyCollection<string> values);

    public abstract void Map(ReplyList list, IReadOnlyCollection<KeyValuePair<string, string>> entries);

    /// <summary>A map of objects.</summary>
    public abstract void Map<T>(ReplyList list, IReadOnlyCollection<T> items, Func<T, string> key, Action<T> write);
}
