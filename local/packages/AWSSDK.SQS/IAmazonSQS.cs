using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.SharedInterfaces;
using Amazon.SQS.Model;

namespace Amazon.SQS;

/// <summary>
/// The queue service, as its SDK names it. Every call throws <see cref="AmazonSQSException"/>, or a class derived from it,
/// for an error that the service reports, after the retries of the configuration.
/// </summary>
public interface IAmazonSQS : IAmazonService, ICoreAmazonSQS, IDisposable
{
    /// <summary>Lists of several pages, as streams.</summary>
    ISQSPaginatorFactory Paginators { get; }

    /// <summary>Lets accounts call actions of a queue.</summary>
    Task<AddPermissionResponse> AddPermissionAsync(string queueUrl, string label, List<string> awsAccountIds, List<string> actions, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="AddPermissionAsync(string, string, List{string}, List{string}, CancellationToken)"/>
    Task<AddPermissionResponse> AddPermissionAsync(AddPermissionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Stops a task; what is moved stays moved.</summary>
    Task<CancelMessageMoveTaskResponse> CancelMessageMoveTaskAsync(CancelMessageMoveTaskRequest request, CancellationToken cancellationToken = default);

    /// <summary>Sets when a received message becomes visible again, in seconds from now.</summary>
    Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(string queueUrl, string receiptHandle, int? visibilityTimeout, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="ChangeMessageVisibilityAsync(string, string, int?, CancellationToken)"/>
    Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(ChangeMessageVisibilityRequest request, CancellationToken cancellationToken = default);

    /// <summary>The same for up to ten messages; each entry succeeds or fails for itself.</summary>
    Task<ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatchAsync(string queueUrl, List<ChangeMessageVisibilityBatchRequestEntry> entries, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="ChangeMessageVisibilityBatchAsync(string, List{ChangeMessageVisibilityBatchRequestEntry}, CancellationToken)"/>
    Task<ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatchAsync(ChangeMessageVisibilityBatchRequest request, CancellationToken cancellationToken = default);

    /// <summary>Makes a queue, or finds the one that is there with the same settings.</summary>
    Task<CreateQueueResponse> CreateQueueAsync(string queueName, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="CreateQueueAsync(string, CancellationToken)"/>
    Task<CreateQueueResponse> CreateQueueAsync(CreateQueueRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes one received message.</summary>
    Task<DeleteMessageResponse> DeleteMessageAsync(string queueUrl, string receiptHandle, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="DeleteMessageAsync(string, string, CancellationToken)"/>
    Task<DeleteMessageResponse> DeleteMessageAsync(DeleteMessageRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes up to ten received messages; each entry succeeds or fails for itself.</summary>
    Task<DeleteMessageBatchResponse> DeleteMessageBatchAsync(string queueUrl, List<DeleteMessageBatchRequestEntry> entries, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="DeleteMessageBatchAsync(string, List{DeleteMessageBatchRequestEntry}, CancellationToken)"/>
    Task<DeleteMessageBatchResponse> DeleteMessageBatchAsync(DeleteMessageBatchRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes a queue and its messages.</summary>
    Task<DeleteQueueResponse> DeleteQueueAsync(string queueUrl, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="DeleteQueueAsync(string, CancellationToken)"/>
    Task<DeleteQueueResponse> DeleteQueueAsync(DeleteQueueRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads settings and counters of a queue.</summary>
    Task<GetQueueAttributesResponse> GetQueueAttributesAsync(string queueUrl, List<string> attributeNames, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="GetQueueAttributesAsync(string, List{string}, CancellationToken)"/>
    Task<GetQueueAttributesResponse> GetQueueAttributesAsync(GetQueueAttributesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Finds a queue by its name.</summary>
    Task<GetQueueUrlResponse> GetQueueUrlAsync(string queueName, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="GetQueueUrlAsync(string, CancellationToken)"/>
    Task<GetQueueUrlResponse> GetQueueUrlAsync(GetQueueUrlRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the queues whose dead-letter queue is this one.</summary>
    Task<ListDeadLetterSourceQueuesResponse> ListDeadLetterSourceQueuesAsync(ListDeadLetterSourceQueuesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the latest tasks of a dead-letter queue.</summary>
    Task<ListMessageMoveTasksResponse> ListMessageMoveTasksAsync(ListMessageMoveTasksRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the account's queues of the region.</summary>
    Task<ListQueuesResponse> ListQueuesAsync(string queueNamePrefix, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="ListQueuesAsync(string, CancellationToken)"/>
    Task<ListQueuesResponse> ListQueuesAsync(ListQueuesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the tags of a queue.</summary>
    Task<ListQueueTagsResponse> ListQueueTagsAsync(ListQueueTagsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes all messages of a queue; once in 60 seconds.</summary>
    Task<PurgeQueueResponse> PurgeQueueAsync(string queueUrl, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="PurgeQueueAsync(string, CancellationToken)"/>
    Task<PurgeQueueResponse> PurgeQueueAsync(PurgeQueueRequest request, CancellationToken cancellationToken = default);

    /// <summary>Takes up to ten messages, hidden from others until their visibility timeout is over.</summary>
    Task<ReceiveMessageResponse> ReceiveMessageAsync(string queueUrl, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="ReceiveMessageAsync(string, CancellationToken)"/>
    Task<ReceiveMessageResponse> ReceiveMessageAsync(ReceiveMessageRequest request, CancellationToken cancellationToken = default);

    /// <summary>Takes a permission back.</summary>
    Task<RemovePermissionResponse> RemovePermissionAsync(string queueUrl, string label, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="RemovePermissionAsync(string, string, CancellationToken)"/>
    Task<RemovePermissionResponse> RemovePermissionAsync(RemovePermissionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Puts one message into a queue.</summary>
    Task<SendMessageResponse> SendMessageAsync(string queueUrl, string messageBody, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="SendMessageAsync(string, string, CancellationToken)"/>
    Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default);

    /// <summary>Puts up to ten messages into a queue; each entry succeeds or fails for itself.</summary>
    Task<SendMessageBatchResponse> SendMessageBatchAsync(string queueUrl, List<SendMessageBatchRequestEntry> entries, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="SendMessageBatchAsync(string, List{SendMessageBatchRequestEntry}, CancellationToken)"/>
    Task<SendMessageBatchResponse> SendMessageBatchAsync(SendMessageBatchRequest request, CancellationToken cancellationToken = default);

    /// <summary>Changes settings of a queue.</summary>
    Task<SetQueueAttributesResponse> SetQueueAttributesAsync(string queueUrl, Dictionary<string, string> attributes, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="SetQueueAttributesAsync(string, Dictionary{string, string}, CancellationToken)"/>
    Task<SetQueueAttributesResponse> SetQueueAttributesAsync(SetQueueAttributesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Starts to send the messages of a dead-letter queue back.</summary>
    Task<StartMessageMoveTaskResponse> StartMessageMoveTaskAsync(StartMessageMoveTaskRequest request, CancellationToken cancellationToken = default);

    /// <summary>Adds tags to a queue.</summary>
    Task<TagQueueResponse> TagQueueAsync(TagQueueRequest request, CancellationToken cancellationToken = default);

    /// <summary>Removes tags of a queue.</summary>
    Task<UntagQueueResponse> UntagQueueAsync(UntagQueueRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lets a bucket of S3 send its events to the queue, by a statement in the queue's policy; answers the queue's ARN.</summary>
    Task<string> AuthorizeS3ToSendMessageAsync(string queueUrl, string bucket);

    /// <summary>Where a request would be sent.</summary>
    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSQSConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonSQSClient(awsCredentials, (AmazonSQSConfig)clientConfig);
}
