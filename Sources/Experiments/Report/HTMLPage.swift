/// A page that needs nothing else: no scripts, nothing that is loaded.
struct HTMLPage {
    /// A part of the page; one without content is left out.
    struct Section {
        let id: String
        let title: String
        let content: String
    }

    /// What stands above it.
    let title: String
    /// What it is, in a sentence or two.
    let lead: String
    /// Its parts.
    let sections: [Section]
    /// The version of the program that made it.
    let software: String
    /// What it was made from.
    let source: String

    /// The whole page.
    var html: String {
        let sections = self.sections.filter { !$0.content.isEmpty }
        let links = sections.map {
            "<li><a href=\"#\($0.id)\">\(HTMLText.escaped($0.title))</a></li>"
        }.joined()
        let body = sections.map {
            """
            <section aria-labelledby="\($0.id)">
            <h2 id="\($0.id)">\(HTMLText.escaped($0.title))</h2>
            \($0.content)</section>

            """
        }.joined()
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="\(HTMLText.escaped(software))">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <link rel="icon" href="data:,">
            <title>\(HTMLText.escaped(title)) – MyoTask report</title>
            <style>
            \(ReportStyle.sheet)
            </style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the results</a>
            <header>
            <p class="kicker">MyoTask report</p>
            <h1>\(HTMLText.escaped(title))</h1>
            <p class="lead">\(HTMLText.escaped(lead, limit: 1_000))</p>
            <nav aria-label="Contents"><ul>\(links)</ul></nav>
            </header>
            <main id="main">
            \(body)</main>
            <footer><p>Made by \(HTMLText.escaped(software)) from \(source). Nothing in this page is \
            loaded from elsewhere.</p></footer>
            </body>
            </html>

            """
    }
}
