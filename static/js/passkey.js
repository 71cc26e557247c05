// Passkeys. A button names its ceremony: data-passkey="sign-in", "add" or "confirm".
// The form it belongs to has a hidden field named "credential"; the server's options come from
// <script id="js_data" type="application/json">, or for signing in from the form's own address.
(function () {
  "use strict";
  if (!window.PublicKeyCredential) return;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const ids = (list) => (list || []).map((item) => ({ ...item, id: bytes(item.id) }));

  function creation(options) {
    return { ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: ids(options.excludeCredentials) };
  }
  function request(options) {
    return { ...options, challenge: bytes(options.challenge), allowCredentials: ids(options.allowCredentials) };
  }
  function plain(credential) {
    const from = credential.response;
    const response = { clientDataJSON: text(from.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach((part) => { if (from[part]) response[part] = text(from[part]); });
    if (from.getTransports) response.transports = from.getTransports();
    return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, authenticatorAttachment: credential.authenticatorAttachment, clientExtensionResults: credential.getClientExtensionResults() };
  }
  async function options(ceremony, form) {
    if (ceremony !== "sign-in") return JSON.parse(document.getElementById("js_data").textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) throw new Error("no options");
    return answer.json();
  }
  async function ask(ceremony, form) {
    const given = await options(ceremony, form);
    if (ceremony !== "add") return navigator.credentials.get({ publicKey: request(given.request_options.publicKey) });
    const key = creation(given.creation_options.publicKey);
    const passwordless = form.elements.passwordless;
    if (passwordless) {
      const wanted = passwordless.type !== "checkbox" || passwordless.checked;
      key.authenticatorSelection = { ...key.authenticatorSelection, residentKey: wanted ? "required" : "discouraged", requireResidentKey: wanted };
      if (wanted) key.authenticatorSelection.userVerification = "required";
    }
    return navigator.credentials.create({ publicKey: key });
  }

  document.querySelectorAll("[data-passkey]").forEach((button) => {
    const form = button.form;
    const trouble = document.getElementById(button.dataset.trouble);
    const part = button.closest("[data-needs-js]");
    if (part) part.hidden = false;
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      if (trouble) trouble.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(plain(await ask(button.dataset.passkey, form)));
        form.submit();
      } catch {
        if (trouble) { trouble.hidden = false; trouble.focus(); }
      }
    });
  });
})();
