using System.Buffers;
using System.Text;

namespace Sqs.Protocol.Query;

/// <summary>Writes XML elements and text straight into a buffer.</summary>
internal readonly struct XmlText
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create("&<>\"\r"u8);
    private readonly IBufferWriter<byte> _output;

    public XmlText(IBufferWriter<byte> output) => _output = output;

    public void Open(string element) => Raw($"<{element}>");

    public void Close(string element) => Raw($"</{element}>");

    public void Element(string element, string text) => Element(element, Encoding.UTF8.GetBytes(text));

    public void Element(string element, ReadOnlySpan<byte> utf8)
    {
        Open(element);
        Text(utf8);
        Close(element);
    }

    /// <summary>Markup, written as it is.</summary>
    public void Raw(string markup) => Encoding.UTF8.GetBytes(markup, _output);

    /// <summary>A carriage return is escaped too: a parser would make a line feed of it, and the MD5 would not fit any more.</summary>
    private void Text(ReadOnlySpan<byte> utf8)
    {
        for (var at = utf8.IndexOfAny(Escaped); at >= 0; at = utf8.IndexOfAny(Escaped))
        {
            _output.Write(utf8[..at]);
            _output.Write(utf8[at] switch
            {
                (byte)'&' => "&amp;"u8,
                (byte)'<' => "&lt;"u8,
                (byte)'>' => "&gt;"u8,
                (byte)'"' => "&quot;"u8,
                _ => "&#xD;"u8,
            });
            utf8 = utf8[(at + 1)..];
        }

        _output.Write(utf8);
    }
}
