package import Documents
public import Foundation

/// How sources without a format of their own are laid out: a YAML file that names the columns,
/// datasets or variables, and how their place tells whose recording they are.
public struct SourceTemplate: Sendable, Hashable {
    /// The name, for lists and histories.
    public let name: String
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
    }

    /// Reads a template.
    ///
    /// - Parameter url: A YAML file.
    /// - Throws: ``IngestError`` with line and column of the first fault.
    public init(contentsOf url: URL) throws(IngestError) {
        do throws(DocumentError) {
            try self.init(
                Document(contentsOf: url), name: url.deletingPathExtension().lastPathComponent)
        } catch {
            throw IngestError(
                .invalidDescription(reason: "\(error)"),
                at: SourceLocation(file: url.relativePath))
        }
    }

    /// Takes a template from a document.
    package init(_ document: Document, name: String) throws(DocumentError) {
        let object = try document.cursor.object(allowing: ["delimited", "hdf5", "matlab"])
        self.name = name
        if let layout = object.optional("delimited") {
            self.layout = .delimited(try DelimitedLayout(layout))
        } else if let layout = object.optional("hdf5") {
            self.layout = .hdf5(try HDF5Layout(layout))
        } else {
            self.layout = .matlab(try MATLABLayout(object.required("matlab")))
        }
    }

    /// What it describes, in a few words.
    public var summary: String { "" }
    /// The templates that come with the package.
    public static let shipped: [SourceTemplate] = []
    /// The reader of sources that are laid out like that.
    var reader: (any RecordingReader)? { nil }
}
