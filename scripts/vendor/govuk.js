// One file, because imports inside a module are not rewritten to the hashed names of static files.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink, Tabs, createAll,
} from "govuk-frontend";

[Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink, Tabs].forEach(
  (component) => createAll(component),
);
