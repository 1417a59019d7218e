using System.Globalization;
using System.Text;

namespace SetGet.Core.Senders;

/// <summary>A step of the pointers of all rules together: they form a tree, so that one pass over a body serves all of them.</summary>
/// <param name="name">The member's name; of an array's element its index.</param>
/// <param name="source">Under which number what it holds is noted.</param>
internal sealed class PointerNode(string name, int source)
{
    /// <summary>Longest name, in bytes: no rule is long enough for more.</summary>
    internal const int MaxNameLength = 3 * KeyRules.MaxRuleLength;

    private const int NoIndex = -1;

    private readonly string _name = name;
    private readonly int _index = IndexOf(name);

    internal byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    internal int Source { get; } = source;

    /// <summary>A pointer ends here.</summary>
    internal bool IsAsked { get; set; }

    internal PointerNode[] Children { get; private set; } = [];

    /// <summary>The highest index that a child could be; -1 where none could.</summary>
    internal int LastIndex { get; private set; } = NoIndex;

    internal PointerNode? Child(string name) => Array.Find(Children, child => child._name == name);

    internal PointerNode? ChildAt(int index) => index > LastIndex ? null : Array.Find(Children, child => child._index == index);

    internal PointerNode Add(PointerNode child)
    {
        Children = [.. Children, child];
        LastIndex = Math.Max(LastIndex, child._index);
        return child;
    }

    // RFC 6901: without a sign, and without zeros in front.
    private static int IndexOf(string name)
        => (name.Length == 1 || !name.StartsWith('0')) && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : NoIndex;
}
