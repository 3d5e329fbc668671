import Documents
import EMGReview
import EMGTasks
import Foundation
import TestSupport
import Testing

@Suite("The form for collections")
struct CollectionFormTests {
    @Test("choices, ranges and defaults are those of the fields; each rule begins with values")
    func form() throws {
        let document = CollectionForm(configuration: nil, classNames: []).document
        #expect(
            document.value(at: [.member("schema")])?.json()
                == CollectionConfiguration.schemaDocument().document.json())
        for rule in SplitSettings.registry.names {
            #expect(
                document.value(at: [.member("rules"), .member(rule), .member("rule")])?.content
                    == .string(rule))
        }
    }

    @Test("the page begins with cycles where their cues are, else with a part of the time")
    func start() throws {
        for (names, rule) in [
            (["relax", "open", "close", "fist"], "first_cycle"), (["rest", "fist"], "fraction"),
        ] {
            let document = CollectionForm(configuration: nil, classNames: Set(names)).document
            let start = try #require(document.value(at: [.member("configuration")]))
            let configuration = try CollectionConfiguration(
                Document(name: "start", root: start).cursor)
            #expect(type(of: configuration.split.rule).key == rule)
        }
        let own = DocumentValue.object(["seed": .integer(3)])
        let document = CollectionForm(configuration: own, classNames: []).document
        #expect(
            document.value(at: [.member("configuration"), .member("seed")])?.content == .integer(3))
    }
}
