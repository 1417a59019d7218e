using Sqs.Engine;

namespace Sqs.Protocol.Query;

/// <summary>Writes received messages in the Query protocol.</summary>
internal static class XmlMessageWriter
{
    public static void Write(XmlText xml, ReceiveReply reply)
    {
        foreach (var received in reply.Messages)
        {
            var message = received.Message;
            xml.Open("Message");
            xml.Element("MessageId", message.Id.ToString());
            xml.Element("ReceiptHandle", received.Handle.ToString());
            xml.Element("MD5OfBody", Md5.Text(message.BodyMd5));
            xml.Element("Body", message.Body.Span);
            foreach (var (name, value) in reply.Selection.SystemOf(received))
            {
                xml.Open("Attribute");
                xml.Element("Name", name);
                xml.Element("Value", value);
                xml.Close("Attribute");
            }

            Attributes(xml, reply.Selection.Of(message));
            xml.Close("Message");
        }
    }

    private static void Attributes(XmlText xml, MessageAttribute[] attributes)
    {
        if (attributes.Length == 0) return;
        xml.Element("MD5OfMessageAttributes", Md5.Text(Md5.Of(attributes)!.Value));
        foreach (var attribute in attributes)
        {
            xml.Open("MessageAttribute");
            xml.Element("Name", attribute.Name);
            xml.Open("Value");
            if (attribute.IsBinary) xml.Element("BinaryValue", Convert.ToBase64String(attribute.Value));
            else xml.Element("StringValue", attribute.Value);
            xml.Element("DataType", attribute.DataType);
            xml.Close("Value");
            xml.Close("MessageAttribute");
        }
    }
}
