import Foundation
import TestSupport
import Testing

@Suite("Words")
struct WordTests {
    @Test("code, messages and documentation have one term a concept, in American spelling")
    func words() throws {
        let script = SharedMaterial.packageFolder.appending(path: "Scripts/check-words.sh")
        let result = try Shell.run("'\(script.path())'")
        #expect(result.status == 0, "\(result.output)")
    }
}
