using System.Text;

namespace SetGet.Tests.Fuzzing;

/// <summary>What is fuzzed: code that strangers' bytes reach, and what must hold whatever they are. To add one: derive from it, and name it in <see cref="FuzzTargets"/>.</summary>
internal abstract class FuzzTarget(string name)
{
    /// <summary>Its name on the command line, and of its corpus.</summary>
    public string Name { get; } = name;

    /// <summary>Inputs to begin with, where there is no corpus yet.</summary>
    public abstract IEnumerable<string> Seeds { get; }

    /// <summary>What mutations put in: the words of its language, and the values that are on an edge of something.</summary>
    public virtual IReadOnlyList<string> Tokens => [];

    /// <summary>Longest input, in bytes.</summary>
    public virtual int MaxLength => 2048;

    /// <summary>Most that an input may allocate for each of its bytes, besides <see cref="BaseAllocation"/>. Bytes.</summary>
    public virtual int AllocationPerByte => 256;

    /// <summary>Most that an input of any length may allocate. Bytes.</summary>
    public virtual int BaseAllocation => 128 * 1024;

    /// <summary>How many inputs it gets, as a share of all: those that are slow get fewer.</summary>
    public abstract double Weight { get; }

    /// <summary>Runs one input. What it throws is a fault that was found.</summary>
    public abstract void Run(ReadOnlyMemory<byte> input);

    /// <summary>Compares with what knows better; what that allocates is not counted.</summary>
    public virtual void Check(ReadOnlyMemory<byte> input)
    {
    }

    /// <summary>Inputs of two parts or more: head and rest are separated by an empty line.</summary>
    protected static (string[] Head, ReadOnlyMemory<byte> Body) Split(ReadOnlyMemory<byte> input)
    {
        var end = input.Span.IndexOf("\n\n"u8);
        var head = end < 0 ? input : input[..end];
        return (Encoding.UTF8.GetString(head.Span).Split('\n'), end < 0 ? default : input[(end + 2)..]);
    }

    /// <summary>What must hold.</summary>
    protected static void Require(bool holds, string what)
    {
        if (!holds) throw new FuzzFaultException(what);
    }
}

/// <summary>Something does not hold that must.</summary>
internal sealed class FuzzFaultException(string message) : Exception(message);
