private import Files
package import Foundation
private import Parallel
private import RasterImages
private import SeededRandom

/// A synthetic set of characters, the same bytes for the same plan on every machine.
package struct StrokeSet: Sendable {
    /// What is in it.
    package let plan: StrokePlan

    private let glyphs: [[StrokeGlyph]]
    private let drawers: [StrokeDrawer]

    /// Draws up the characters and the drawers.
    ///
    /// - Parameter plan: What is in it.
    /// - Throws: ``ArrayError`` for a number that makes no sense.
    package init(_ plan: StrokePlan) throws(ArrayError) {
        try plan.validate()
        self.plan = plan
        glyphs = (0..<plan.groups).map { group in
            var generator = SeededGenerator(seed: plan.seed, stream: "script \(group)")
            let manner = StrokeGlyph.Manner(using: &generator)
            return (0..<plan.classesPerGroup).map { _ in
                StrokeGlyph(manner, using: &generator)
            }
        }
        drawers = (0..<plan.drawers).map { drawer in
            var generator = SeededGenerator(seed: plan.seed, stream: "drawer \(drawer)")
            return StrokeDrawer(using: &generator)
        }
    }

    /// One drawing: dark ink on white paper, row by row.
    package func drawing(group: Int, glyph: Int, drawer: Int) -> [UInt8] {
        var generator = SeededGenerator(
            seed: plan.seed, stream: "drawing \(group)/\(glyph)/\(drawer)")
        return drawers[drawer].attempt(
            at: glyphs[group][glyph], size: plan.size, using: &generator)
    }

    /// Writes each drawing to `<folder>/scriptN/glyphN/drawerN.png`.
    ///
    /// A file that is there already with the same bytes is left alone; one with other bytes is never
    /// overwritten. Each file appears whole or not at all.
    ///
    /// - Parameters:
    ///   - folder: The folder; made when it is not there.
    ///   - threads: How many drawings are made at once, at least 1.
    /// - Returns: How many files there are.
    /// - Throws: ``ArrayError`` when a file cannot be written.
    @discardableResult
    package func write(to folder: URL, threads: Int = 1) throws(ArrayError) -> Int {
        let count = plan.groups * plan.classesPerGroup * plan.drawers
        _ = try concurrentMap(count: count, threads: threads) { (index) throws(ArrayError) in
            let drawer = index % plan.drawers
            let glyph = index / plan.drawers % plan.classesPerGroup
            let group = index / plan.drawers / plan.classesPerGroup
            let names = [
                StrokePlan.name("script", group, of: plan.groups),
                StrokePlan.name("glyph", glyph, of: plan.classesPerGroup),
                StrokePlan.name("drawer", drawer, of: plan.drawers) + ".png",
            ]
            let image = RasterImage(
                rows: plan.size, columns: plan.size, channels: 1,
                pixels: drawing(group: group, glyph: glyph, drawer: drawer))
            try Self.write(image.png, to: folder.appending(path: names.joined(separator: "/")))
        }
        return count
    }

    private static func write(_ bytes: [UInt8], to url: URL) throws(ArrayError) {
        guard FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
            return try ArrayError.wrapping { () throws(FilesError) in
                try AtomicFile.write(bytes, to: url)
            }
        }
        let there: Data
        do {
            there = try Data(contentsOf: url)
        } catch {
            throw ArrayError(reading: url, error)
        }
        guard there == Data(bytes) else {
            throw ArrayError(
                .invalid(expected: "no other file", found: "a file with other bytes"),
                at: url.relativePath, hint: "write to another folder or remove the file")
        }
    }
}
