import ArrayCollections
import Foundation
import MetaLearning
import RasterImages
import TestSupport
import Testing

@Suite("Synthetic characters")
struct StrokeSetTests {
    private static func plan() -> StrokePlan {
        var plan = StrokePlan()
        plan.groups = 10
        plan.classesPerGroup = 4
        plan.drawers = 8
        return plan
    }

    @Test("the same plan gives the same files, and another seed others")
    func identical() throws {
        let folder = try TemporaryFolder()
        var plan = Self.plan()
        plan.groups = 2
        plan.drawers = 2
        let one = folder.url.appending(path: "one")
        #expect(try StrokeSet(plan).write(to: one, threads: 1) == 16)
        #expect(try StrokeSet(plan).write(to: one, threads: 3) == 16)
        plan.seed = 9
        #expect(throws: ArrayError.self) { try StrokeSet(plan).write(to: one) }
        let path = one.appending(path: "script1/glyph2/drawer1.png")
        let image = try RasterImage([UInt8](try Data(contentsOf: path)))
        #expect(image.rows == 28 && image.columns == 28 && image.channels == 1)
        // Dark ink on white paper.
        #expect(image.pixels.max() == 255 && (image.pixels.min() ?? 255) < 60)
    }

    @Test("drawings of one character are alike and not the same, and characters differ")
    func variety() throws {
        let set = try StrokeSet(Self.plan())
        var seen: Set<[UInt8]> = []
        for group in 0..<10 {
            for glyph in 0..<4 {
                for drawer in 0..<8 {
                    let drawing = set.drawing(group: group, glyph: glyph, drawer: drawer)
                    #expect(seen.insert(drawing).inserted)
                    let ink = drawing.reduce(0) { $0 + (255 - Int($1)) } / 255
                    #expect((10...300).contains(ink), "\(group) \(glyph) \(drawer): \(ink)")
                }
            }
        }
    }

    @Test("the nearest neighbor in pixels is better than chance and far from perfect")
    func difficulty() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "strokes")
        try StrokeSet(Self.plan()).write(to: place)
        let url = folder.url.appending(path: "study.json")
        var configuration = ArrayConfiguration()
        configuration.split.test = .share(0.5)
        _ = try ArrayCollectionBuilder(configuration).build(from: [place], to: url)
        let source = try ArrayCollection.open(url).episodes(
            by: ArrayFixture.settings {
                $0.ways = 5
                $0.shots = 1
                $0.queries = 5
                $0.episodes = 60
            })
        let nearest = NearestMean()
        var right = 0
        for id in source.ids(in: .test) {
            let episode = try source.episode(id)
            right += zip(nearest.predictions(for: episode), episode.query.labels).count { $0 == $1 }
        }
        let share = Double(right) / Double(60 * 25)
        #expect((0.4...0.85).contains(share), "\(share)")
    }

    @Test("the images of the sample data are what the command in its README makes")
    func sampleData() throws {
        let folder = SharedMaterial.packageFolder.appending(path: "sample-data")
        let readme = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
        #expect(
            readme.contains(
                "myotask synth --style strokes --groups 6 --classes 4 --drawers 6 --size 20 --seed 1 "
                    + "--output sample-data/strokes"))
        var plan = StrokePlan()
        (plan.groups, plan.classesPerGroup, plan.drawers) = (6, 4, 6)
        (plan.size, plan.seed) = (20, 1)
        let set = try StrokeSet(plan)
        let kept = folder.appending(path: "strokes")
        let names = try FileManager.default.subpathsOfDirectory(atPath: kept.path()).filter {
            $0.hasSuffix(".png")
        }
        #expect(names.count == 144)
        // What is there with other bytes is refused, and what is missing would be made.
        #expect(try set.write(to: kept) == 144)
    }

    @Test("the commands of the sample data's README run")
    func sampleCommands() throws {
        let folder = try TemporaryFolder()
        let place = SharedMaterial.packageFolder.appending(path: "sample-data")
        let readme = try String(contentsOf: place.appending(path: "README.md"), encoding: .utf8)
        let lines = readme.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.hasPrefix("myotask arrays ") || $0.hasPrefix("myotask train strokes") }
        #expect(lines.count == 2)
        for line in lines {
            let words = line.replacing("sample-data", with: place.path()).split(separator: " ")
                .dropFirst().map(String.init)
            let run = try CommandRun(words, in: folder.url)
            #expect(run.status == 0, "\(line): \(run.problems)")
        }
    }

    @Test("plans that make no sense are refused", arguments: [0, 1_001])
    func refused(count: Int) {
        var plan = StrokePlan()
        plan.drawers = count
        #expect(throws: ArrayError.self) { try StrokeSet(plan) }
    }
}
