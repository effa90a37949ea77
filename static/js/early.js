// First thing in <body>: the design system's script refuses to start where these classes are missing, and a class
// added later would let parts of the page jump.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
