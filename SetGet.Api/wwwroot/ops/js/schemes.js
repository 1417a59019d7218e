// What the page says of each scheme: who signs so, what the secret is called there, and where the address goes. The server decides which there are.
const say = (title, secret, where) => ({ title, secret, where });

export const SCHEMES = {
  standard: say('Standard Webhooks', 'The endpoint’s signing secret, whsec_…', 'Paste it where the sender asks for the endpoint’s URL.'),
  svix: say('Svix', 'The endpoint’s signing secret, whsec_…', 'In the sender’s webhook portal: Endpoints, Add endpoint, Endpoint URL.'),
  github: say('GitHub', 'The text under Secret', 'In the repository or organisation: Settings, Webhooks, Add webhook, Payload URL, with the content type application/json.'),
  meta: say('Meta (WhatsApp, Facebook, Instagram)', 'The app secret', 'In the app: Webhooks, Callback URL. Its verify token is a second secret here, of the scheme verify-token.'),
  bitbucket: say('Bitbucket', 'The text under Secret', 'In the repository: Repository settings, Webhooks, Add webhook, URL.'),
  dropbox: say('Dropbox', 'The app secret', 'In the app console: Webhooks, Webhook URIs.'),
  shopify: say('Shopify', 'The signing secret below the list of webhooks; an app’s client secret', 'In the admin: Settings, Notifications, Webhooks, Create webhook, URL.'),
  slack: say('Slack', 'The signing secret under Basic Information', 'In the app: Event Subscriptions, Request URL. Slack asks at once whether it is the right one, and is answered.'),
  zoom: say('Zoom', 'The app’s secret token', 'In the app: Feature, Event Subscriptions, Event notification endpoint URL, then Validate.'),
  stripe: say('Stripe', 'The endpoint’s signing secret, whsec_…', 'In the dashboard: Developers, Webhooks, Add destination, Endpoint URL.'),
  twilio: say('Twilio', 'The account’s auth token', 'At the number: “A message comes in”, Webhook. Twilio signs the address: enter it below as well, exactly as it stands there.'),
  mailgun: say('Mailgun', 'The HTTP webhook signing key', 'In the control panel: Sending, Webhooks, Add webhook, URL.'),
  graph: say('Microsoft Graph', 'The subscription’s clientState', 'When the subscription is made: notificationUrl. Graph asks at once whether it is the right one, and is answered.'),
  gitlab: say('GitLab', 'The secret token', 'In the project or group: Settings, Webhooks, Add new webhook, URL.'),
  custom: say('Another: a hash in a header', 'The key of the hash', 'Paste it where the sender asks for the address of its webhooks.'),
};

export const NO_SCHEME = 'Paste it where the sender asks for the address of its webhooks, and have it send an API key in the header X-Api-Key: to the API a key of this account, to the gateway one of the gateway’s own. With a signing secret it needs none.';

export const SIGNED = 'Paste it where the sender asks for the address of its webhooks. It has to sign them: the flow has a signing secret.';

/** A secret that no webhook is signed with: Meta repeats it in its challenge. */
export const VERIFY_TOKEN = ['verify-token', 'Verify token (of Meta’s challenge)'];

export const HANDSHAKES = [
  ['slack', 'Slack: url_verification'], ['meta', 'Meta: hub.challenge'], ['zoom', 'Zoom: endpoint.url_validation'], ['dropbox', 'Dropbox: challenge'],
  ['graph', 'Microsoft Graph: validationToken'], ['okta', 'Okta: verification header'], ['cloudevents', 'CloudEvents: OPTIONS'],
];
