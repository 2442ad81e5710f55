export default {
  'http.offline': 'No connection to the event. Check your Wi-Fi or mobile data; then try again.',
  'http.broken': 'The server could not answer. Try again in a moment.',
};
