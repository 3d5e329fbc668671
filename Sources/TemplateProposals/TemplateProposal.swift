package import EMGIngest
private import EMGSignal
package import Foundation
private import PrintableText

/// A template for a file of unknown layout, as far as the file tells it.
package struct TemplateProposal: Sendable, Hashable {
    /// The template as YAML with comments.
    package let yaml: String
    /// What is not sure, in sentences.
    package let doubts: [String]
    /// Whether cells of samples are empty or say that a value is missing: `convert` marks them when
    /// asked to.
    package let hasMissing: Bool
    /// Whether the sampling rate is nowhere in the file.
    package let lacksRate: Bool

    /// Looks at a text file.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - name: What the template is called.
    /// - Throws: `IngestError` when it cannot be read, is no text or has no table of numbers.
    package init(of url: URL, name: String) throws(IngestError) {
        let location = SourceLocation(file: url.relativePath)
        guard let excerpt = try TextExcerpt.read(url) else {
            throw IngestError(
                .wrongFormat(expected: "text with columns", found: "something else"),
                at: location,
                hint: "myotask formats lists what is read without a template; for HDF5 and MATLAB "
                    + "files a template names the datasets or variables")
        }
        guard let form = TableForm.find(in: excerpt) else {
            throw IngestError(
                .noSamples(found: "no rows of numbers"), at: location,
                hint: "a table of samples has the same number of columns in each row")
        }
        self.init(TableDescription(form, excerpt), of: url, name: name)
    }

    private init(_ table: TableDescription, of url: URL, name: String) {
        var doubts = table.roles.doubts
        var text = TemplateText()
        text.comment(
            "Proposed from \(url.lastPathComponent.printable()) by \"myotask template\".",
            "What is not sure is marked with \"?\".")
        text.member("name", TemplateText.quoted(name))
        if let identity = try? SourceIdentity(of: url).identity {
            text.comment(
                "By its place it is patient \(identity.patient.printable()), session "
                    + "\(identity.session.printable()), condition \(identity.condition.printable()).",
                "Where that is wrong: path: \"{patient}/{session}/{condition}.csv\", or --layout.")
        }
        table.writeUnit(into: &text, &doubts)
        table.writeRate(into: &text, &doubts)
        table.writeClasses(into: &text)
        text.begin("delimited")
        table.writeForm(into: &text, &doubts)
        table.writeColumns(into: &text)
        yaml = text.text
        self.doubts = doubts
        hasMissing = table.hasMissing
        lacksRate = table.lacksRate
    }
}
