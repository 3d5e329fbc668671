private import EMGSignal
internal import Files
internal import Foundation
private import PrintableText
internal import RasterImages

/// A folder of images: the folder an image lies in is its class, the one above that its group.
struct ImageFolder: ArraySource {
    let name: String
    let count: Int
    let shape: [Int]
    let type = ArraySample.Number.uint8
    let inputNames: [String] = []
    /// Files that are no images by their names.
    let others: [String]

    private let url: URL
    private let settings: ImageSettings
    /// The images' paths, in the order a person expects.
    let paths: [String]

    init(_ url: URL, _ settings: ArrayConfiguration) throws {
        self.url = url
        self.settings = settings.image
        name = Folder.path(of: url)
        if settings.labels != nil {
            throw ArrayError(
                .invalid(
                    expected: "no labels for a folder of images", found: settings.labels ?? ""),
                at: name, hint: "the folder an image lies in is its class")
        }
        let files = try Self.files(in: url)
        paths = files.filter(RasterImage.isNamed)
        others = files.filter { !RasterImage.isNamed($0) && $0.contains(".") }
        guard let first = paths.first else {
            throw ArrayError(
                .missing("image (.png, .pgm, .ppm)", known: Array(others.prefix(5))), at: name,
                hint: "put the images of each class into a folder of its own")
        }
        if let lone = paths.first(where: { !$0.contains("/") }) {
            throw ArrayError(
                .missing("folder of a class round \(lone)", known: []), at: name,
                hint: "put the images of each class into a folder of its own")
        }
        count = paths.count
        let image = try Self.image(at: first, in: url, settings.image)
        shape =
            image.channels == 1
            ? [image.rows, image.columns] : [image.rows, image.columns, image.channels]
    }

    /// The files below a folder that are not hidden, in the order a person expects.
    private static func files(in url: URL) throws(FilesError) -> [String] {
        try Folder.subpaths(of: url).filter { path in
            !path.split(separator: "/").contains { $0.hasPrefix(".") }
        }.sorted(by: NaturalOrder.precedes)
    }

    /// The images below a folder, in the order a person expects.
    static func paths(in url: URL) throws(FilesError) -> [String] {
        try files(in: url).filter(RasterImage.isNamed)
    }

    /// Reads an image and brings it to what is asked for.
    private static func image(
        at path: String, in url: URL, _ settings: ImageSettings
    ) throws -> RasterImage {
        let place = url.appending(path: path, directoryHint: .notDirectory)
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: place))
        } catch {
            throw ArrayError(reading: place, error)
        }
        do throws(RasterError) {
            var image = try RasterImage(bytes)
            switch settings.color {
            case .keep: break
            case .gray: image = image.gray
            case .color: image = image.color
            }
            if let size = settings.size { image = image.scaled(rows: size[0], columns: size[1]) }
            return image
        } catch {
            throw ArrayError(
                .invalid(expected: error.wanted, found: error.present),
                at: place.path(percentEncoded: false), object: "byte \(error.byte)",
                hint: error.hint)
        }
    }

    func column(_ column: String, names: String?, setting: String) throws -> LabelColumn {
        let texts =
            switch column {
            case Self.classes: paths.map { Self.parent(of: $0) }
            case Self.groups: paths.map { Self.parent(of: Self.parent(of: $0)) }
            default:
                throw ArrayError(
                    .missing("\(setting) \"\(column)\" in a folder of images", known: []), at: name,
                    hint: "classes and groups are folders: leave \(setting) out")
            }
        return LabelColumn(texts: texts, order: NaturalOrder.precedes)
    }

    /// The column of an image's folder.
    static let classes = "folder"
    /// The column of the folder above that.
    static let groups = "folder above"

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    func targets(_ columns: [String]) throws -> (names: [String], values: [Float]) {
        throw ArrayError(
            .invalid(expected: "classes", found: "targets of a regression"), at: name,
            hint: "put images and targets into an HDF5 file for a regression")
    }

    func forEachBlock(_ body: (_ first: Int, _ block: SampleBlock) throws -> Void) throws {
        let width = shape.reduce(1, *)
        let rows = max(1, (4 << 20) / width)
        for start in stride(from: 0, to: count, by: rows) {
            var bytes: [UInt8] = []
            for path in paths[start..<min(count, start + rows)] {
                let image = try Self.image(at: path, in: url, settings)
                let own =
                    image.channels == 1
                    ? [image.rows, image.columns] : [image.rows, image.columns, image.channels]
                guard own == shape else {
                    func text(_ shape: [Int]) -> String {
                        shape.map(String.init).joined(separator: " × ")
                    }
                    throw ArrayError(
                        .mismatch(
                            expected: "an image of \(text(shape)), as \(paths[0])",
                            found: text(own)),
                        at: url.appending(path: path).path(percentEncoded: false),
                        hint: own.count == shape.count
                            ? "bring all to one size with --size"
                            : "bring all to gray or color with image.color=gray")
                }
                bytes += image.pixels
            }
            try body(start, .bytes(bytes))
        }
    }
}
