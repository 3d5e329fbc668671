private import Digests
package import Documents
package import EMGSignal
private import ErrorReports
public import Foundation

/// How sources without a format of their own are laid out: a YAML file that names the columns,
/// datasets or variables, and how their place tells whose recording they are.
///
/// `schemas/source-template.schema.json` and `docs/formats/templates.md` describe it.
public struct SourceTemplate: Sendable, Hashable {
    /// The name, for lists and histories.
    public let name: String
    /// What it describes, in a few words.
    public let summary: String
    /// The SHA-256 of its text: what was read with another text was read differently.
    package let digest: String
    /// Where such sources lie; the first pattern that fits tells.
    package let paths: [PathPattern]
    /// Parts of the identity that are the same for all of them.
    package let identity: IdentityOverride
    /// The unit of the samples; `nil` when the source or the caller tells.
    package let unit: String?
    /// The sampling rate; `nil` when the source or the caller tells.
    package let rate: SamplingRate?
    /// The names of label values.
    package let classNames: [String: String]
    /// Label values that say that nobody labeled the sample.
    package let unlabeled: Set<String>
    /// What kind of source it describes, and how that is laid out.
    package let layout: Layout

    /// The kinds of source a template describes.
    package enum Layout: Sendable, Hashable {
        /// Delimited text.
        case delimited(DelimitedLayout)
        /// HDF5 files.
        case hdf5(HDF5Layout)
        /// MATLAB files.
        case matlab(MATLABLayout)
        /// EDF and BDF files, of which a template says only how triggers are labels.
        case edf(EDFLayout)
    }

    /// What it says of EDF and BDF files; `nil` when it describes others.
    var edf: EDFLayout? {
        if case .edf(let layout) = layout { layout } else { nil }
    }

    /// Reads a template.
    ///
    /// - Parameter url: A YAML file.
    /// - Throws: ``IngestError`` with line and column of the first fault.
    public init(contentsOf url: URL) throws(IngestError) {
        let location = SourceLocation(file: url.relativePath)
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw IngestError(
                .invalidDescription(
                    reason: "the template cannot be read: \(SystemReason.of(error))"),
                at: location,
                hint: "myotask formats lists the templates that need no file")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw IngestError(
                .invalidDescription(reason: "the template is not UTF-8"), at: location,
                hint: "save the template as UTF-8; its key \"encoding\" names that of the data")
        }
        do throws(DocumentError) {
            try self.init(
                text, document: url.relativePath,
                name: url.deletingPathExtension().lastPathComponent)
        } catch {
            throw IngestError(
                .invalidDescription(reason: error.fault),
                at: SourceLocation(
                    file: url.relativePath, line: error.position?.line,
                    column: error.position?.column,
                    object: error.path.isEmpty ? nil : error.path),
                hint: error.hint)
        }
    }

    /// Takes a template from its text.
    package init(_ text: String, document: String, name: String) throws(DocumentError) {
        let read = try TemplateDocument(Document(yaml: text.utf8, name: document).cursor)
        self.name = read.name ?? name
        summary = read.summary
        paths = read.paths
        identity = read.identity
        unit = read.unit
        rate = read.rate
        classNames = read.classNames
        unlabeled = Set(read.unlabeled)
        layout = read.layout
        var hash = SHA256()
        hash.update(Data(text.utf8).bytes)
        digest = hash.finish()
    }

    // MARK: - What every kind of source asks

    /// The class that a label value means.
    ///
    /// - Parameter value: The value as text; whole numbers without a fraction.
    /// - Returns: Its name, or the value itself.
    package func className(of value: String) -> String {
        if unlabeled.contains(value) { return LabelTrack.unlabeledName }
        return classNames[value] ?? value
    }

    /// Who, when and what: what the caller says, else what the place tells, else what is the same
    /// for all sources of this template, else what the layout of the field tells.
    ///
    /// - Parameters:
    ///   - url: A file that the template's path fits.
    ///   - place: The source, when it is another file or a folder.
    ///   - options: What the caller knows.
    /// - Returns: Whose recording it is and what was done.
    /// - Throws: ``IngestError`` when a part cannot be used as a name.
    package func identity(
        of url: URL, place: URL? = nil, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        let found = paths.lazy.compactMap { $0.captures(of: url) }.first ?? [:]
        var stated = options.identity
        stated.patient = stated.patient ?? found[.patient] ?? identity.patient
        stated.session = stated.session ?? found[.session] ?? identity.session
        stated.condition = stated.condition ?? found[.condition] ?? identity.condition
        stated.run = stated.run ?? found[.run] ?? identity.run
        let settled = try SourceIdentity(of: place ?? url, override: stated)
        guard found.isEmpty, let pattern = paths.first else { return settled }
        return settled.adding(
            IngestWarning(
                .identity, at: SourceLocation(file: (place ?? url).relativePath),
                message: "the path does not fit the template's \"\(pattern.text)\""))
    }
}
