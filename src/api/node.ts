import { Injectable, Module } from '@nestjs/common';
import { Args, Context, Field, ID, InterfaceType, Query, Resolver } from '@nestjs/graphql';
import { Allow } from './access.guard.js';
import type { ApiContext } from './context.js';
import { refuse } from './errors.js';
import { globalId, parseGlobalId } from './ids.js';

const MAX_NODES = 100;

@InterfaceType({ description: 'Anything with an id.', resolveType: (node: Node) => node.typeName })
export abstract class Node {
  /** The name of the GraphQL type. */
  abstract readonly typeName: string;

  /** The stored id; the API shows {@link id}. */
  abstract uuid: string;

  @Field(() => ID, { description: 'Says of itself what it names; made for node(id:), not for people.' })
  get id(): string {
    return globalId(this.typeName, this.uuid);
  }
}

/** Loads what the viewer may see, in the order asked for; null for the rest. */
type NodeLoader = (uuids: readonly string[], context: ApiContext) => Promise<(Node | null)[]>;

/** Which features answer for which type of node. */
@Injectable()
export class Nodes {
  private readonly loaders = new Map<string, NodeLoader>();

  register(typeName: string, loader: NodeLoader): void {
    this.loaders.set(typeName, loader);
  }

  /** One load a type, in the order of `ids`. */
  async load(ids: readonly string[], context: ApiContext, field: string): Promise<(Node | null)[]> {
    if (ids.length > MAX_NODES) refuse('TOO_MANY', field, { max: MAX_NODES });
    const parsed = ids.map((id) => parseGlobalId(id, field));
    const found = new Map<string, Node | null>();
    for (const [typeName, loader] of this.loaders) {
      const uuids = [...new Set(parsed.filter(({ type }) => type === typeName).map(({ uuid }) => uuid))];
      if (uuids.length === 0) continue;
      const nodes = await loader(uuids, context);
      uuids.forEach((uuid, index) => found.set(`${typeName}:${uuid}`, nodes[index] ?? null));
    }
    return parsed.map(({ type, uuid }) => found.get(`${type}:${uuid}`) ?? null);
  }
}

@Resolver()
export class NodeResolver {
  constructor(private readonly nodes: Nodes) {}

  @Allow('ANYONE')
  @Query(() => Node, { nullable: true, description: 'Anything by its id; null when there is no such thing that you can see.' })
  async node(
    @Args('id', { type: () => ID, description: 'An id that an answer gave.' }) id: string,
    @Context() context: ApiContext,
  ): Promise<Node | null> {
    return (await this.nodes.load([id], context, 'id'))[0] ?? null;
  }

  @Allow('ANYONE')
  @Query(() => [Node], { name: 'nodes', nullable: 'items', description: 'Several at once, in the order asked for; null for what you cannot see.' })
  async nodeList(
    @Args('ids', { type: () => [ID], description: `Ids that answers gave, at most ${MAX_NODES}.` }) ids: string[],
    @Context() context: ApiContext,
  ): Promise<(Node | null)[]> {
    return this.nodes.load(ids, context, 'ids');
  }
}

@Module({ providers: [Nodes, NodeResolver], exports: [Nodes] })
export class NodeModule {}
