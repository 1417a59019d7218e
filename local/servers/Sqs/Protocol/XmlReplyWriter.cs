using System.Text;
using System.Xml;

namespace Sqs.Protocol;

/// <summary>Replies and errors of the Query protocol.</summary>
internal sealed class XmlReplyWriter(XmlWriter xml) : ReplyWriter
{
    private const string Namespace = "http://queue.amazonaws.com/doc/2012-11-05/";

    /// <summary>
    /// A carriage return is written as an entity: a parser would make a line feed of it, and the MD5 would not fit any more. Characters are
    /// those of checked messages, or of an error that repeats what the client sent.
    /// </summary>
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,
        CheckCharacters = false,
        OmitXmlDeclaration = true,
    };

    public static ReadOnlyMemory<byte> Write(string operation, SqsReply? reply, string requestId) => Write(operation + "Response", hasDeclaration: true, xml =>
    {
        if (reply is not null)
        {
            xml.WriteStartElement(operation + "Result", Namespace);
            reply(new XmlReplyWriter(xml));
            xml.WriteEndElement();
        }

        xml.WriteStartElement("ResponseMetadata", Namespace);
        xml.WriteElementString("RequestId", Namespace, requestId);
    });

    /// <summary>What is no request of the protocol at all gets no error of the protocol either.</summary>
    public static ReadOnlyMemory<byte> Write(SqsException error, string requestId) => error.Error == SqsError.UnknownOperation
        ? Write(error.Error.Shape, hasDeclaration: false, _ => { })
        : Write("ErrorResponse", hasDeclaration: true, xml =>
        {
            xml.WriteStartElement("Error", Namespace);
            xml.WriteElementString("Type", Namespace, error.Error.IsSender ? "Sender" : "Receiver");
            xml.WriteElementString("Code", Namespace, error.Error.QueryCode);
            xml.WriteElementString("Message", Namespace, Message(error));
            xml.WriteElementString("Detail", Namespace, "");
            xml.WriteEndElement();
            xml.WriteElementString("RequestId", Namespace, requestId);
        });

    private static ReadOnlyMemory<byte> Write(string root, bool hasDeclaration, Action<XmlWriter> content)
    {
        using var output = new MemoryStream();
        if (hasDeclaration) output.Write("<?xml version=\"1.0\"?>"u8);
        using (var xml = XmlWriter.Create(output, Settings))
        {
            xml.WriteStartElement(root, Namespace);
            content(xml);
        }

        return output.ToArray();
    }

    /// <summary>The older protocol has an older wording.</summary>
    public static string Message(SqsException error)
        => error.Error == SqsError.QueueDoesNotExist ? "The specified queue does not exist for this wsdl version." : error.Message;

    public override void Text(string name, string value) => xml.WriteElementString(name, Namespace, value);

    public override void Objects<T>(ReplyList list, IReadOnlyCollection<T> items, Action<T> write)
    {
        foreach (var item in items)
        {
            xml.WriteStartElement(list.Xml, Namespace);
            write(item);
            xml.WriteEndElement();
        }
    }

    public override void Texts(ReplyList list, IReadOnlyCollection<string> values)
    {
        foreach (var value in values) Text(list.Xml, value);
    }

    public override void Map(ReplyList list, IReadOnlyCollection<KeyValuePair<string, string>> entries) => Objects(list, entries, entry =>
    {
        Text(list.Key, entry.Key);
        Text("Value", entry.Value);
    });

    public override void Map<T>(ReplyList list, IReadOnlyCollection<T> items, Func<T, string> key, Action<T> write) => Objects(list, items, item =>
    {
        Text(list.Key, key(item));
        xml.WriteStartElement("Value", Namespace);
        write(item);
        xml.WriteEndElement();
    });
}
