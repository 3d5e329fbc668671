import EMGIngest
import EMGSignal
import Foundation
import Testing

@Suite("Identity from a file's place")
struct SourceIdentityTests {
    @Test(
        "folder and file name tell who, when and what",
        arguments: [
            ("2023_03_28_p7/p7_131.csv", "p7/2023_03_28_p7/131", false),
            ("2016_03_11_p11/p11_111.csv", "p11/2016_03_11_p11/111", false),
            ("2016_03_11_p11/11_111.csv", "p11/2016_03_11_p11/111", false),
            ("2023_03_28_p1/p1_111_2.csv", "p1/2023_03_28_p1/111_2", false),
            (
                "2023_03_28_p1/p1_111_longitudinal_non_integral_-0.5.csv",
                "p1/2023_03_28_p1/111_longitudinal_non_integral_-0.5", false
            ),
            ("2023_03_28_sub_03/x_111.csv", "sub_03/2023_03_28_sub_03/111", true),
            ("2023_03_28_p12/2_111.csv", "p12/2023_03_28_p12/111", true),
            ("2023_03_28_p7/p8_131.csv", "p7/2023_03_28_p7/131", true),
        ])
    func places(path: String, id: String, warns: Bool) throws {
        let stated = try SourceIdentity(of: URL(filePath: "/data/\(path)"))
        #expect(stated.identity.id == id)
        #expect(stated.warnings.contains { $0.kind == .identity } == warns)
    }

    @Test(
        "a place of another form is assumed to be what it tells, with a warning",
        arguments: [
            ("/data/p7/p7_131.csv", "p7/p7/131"), ("/data/csv/00_good.csv", "00/csv/good"),
            ("/data/2023_13_28_p7/p7_131.csv", "p7/2023_13_28_p7/131"),
            ("/data/2023_03_28_p7/p7.csv", "p7/2023_03_28_p7/p7"),
            ("/data/2023_03_28_p7/p7_.csv", "p7/2023_03_28_p7/p7_"),
            ("/data/loose/walk.csv", "loose/loose/walk"),
        ])
    func otherPlaces(path: String, id: String) throws {
        let stated = try SourceIdentity(of: URL(filePath: path))
        #expect(stated.identity.id == id)
        #expect(stated.warnings.map(\.kind) == [.identity])
    }

    @Test("what the caller says counts more than the place")
    func overridden() throws {
        let url = URL(filePath: "/data/loose/p7_131.csv")
        let session = try SourceIdentity(of: url, override: IdentityOverride(session: "day1"))
        #expect(session.identity.id == "p7/day1/131")
        let all = try SourceIdentity(
            of: url,
            override: IdentityOverride(patient: "a", session: "b", condition: "c", run: "2"))
        #expect(all.identity.id == "a/b/c-2")
        #expect(all.warnings == [])
    }

    @Test(
        "a name that cannot be part of a path is refused", arguments: ["a/b", ".hidden", "x\u{7}"])
    func unusable(name: String) {
        #expect(throws: IngestError.self) {
            try SourceIdentity(
                of: URL(filePath: "/data/2023_03_28_p7/p7_131.csv"),
                override: IdentityOverride(condition: name))
        }
    }
}
